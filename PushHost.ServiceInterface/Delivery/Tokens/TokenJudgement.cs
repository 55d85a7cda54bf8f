using PushHost.Providers;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>Tells what a verdict means for the token that was sent to.</summary>
internal static class TokenJudgement
{
    /// <param name="verdict">What the gateway said.</param>
    /// <param name="recipient">Whom it said it of.</param>
    /// <param name="environment">The gateway's environment; null where it has only one.</param>
    /// <param name="canTry">Whether the app has a credential for another environment.</param>
    /// <param name="canonical">A token's canonical form; null when it is none. A phone must not be lost to a gateway's nonsense.</param>
    /// <param name="asked">When the gateway was asked, Unix milliseconds. A verdict that names no moment is about the token as it was then.</param>
    /// <returns>What becomes of the device; null for nothing.</returns>
    public static TokenAction? Of(
        Verdict verdict, DueRecipient recipient, string? environment, Func<string, bool> canTry, Func<string, string?> canonical, long asked) => verdict switch
    {
        Replaced replaced => canonical(replaced.RegistrationId) is { } token ? new TokenAction.Replace(recipient.RegistrationId, token) : null,
        Accepted when environment is not null && IsNews(recipient, environment) => new TokenAction.Remember(
            recipient.RegistrationId, environment, recipient.KnownEnvironment, asked, TokenEnvironments.Remove(recipient.RejectedIn, environment)),
        Unregistered dead => new TokenAction.Deactivate(recipient.RegistrationId, dead.Reason, dead.Since?.ToUnixTimeMilliseconds() ?? asked),
        TokenRejected rejected => OfRejected(rejected, recipient, environment, canTry, asked),
        _ => null,
    };

    // Most tokens were never refused anywhere, and of those there is nothing to learn.
    private static bool IsNews(DueRecipient recipient, string environment) =>
        recipient.RejectedIn is { } list && (recipient.KnownEnvironment != environment || TokenEnvironments.Contains(list, environment));

    private static TokenAction OfRejected(TokenRejected rejected, DueRecipient recipient, string? environment, Func<string, bool> canTry, long asked)
    {
        if (environment is null || rejected.TryEnvironment is not { } other || other == environment)
            return new TokenAction.Quarantine(recipient.RegistrationId, rejected.Reason, asked, recipient.RejectedIn, rejected.MayBeOurFault);
        var rejectedIn = TokenEnvironments.Add(recipient.RejectedIn, environment);
        // What is known bad is not asked again: gateways take many bad tokens for an attack.
        return !TokenEnvironments.Contains(recipient.RejectedIn, other) && canTry(other)
            ? new TokenAction.TryElsewhere(recipient.RegistrationId, other, rejectedIn)
            : new TokenAction.Quarantine(recipient.RegistrationId, rejected.Reason, asked, rejectedIn, rejected.MayBeOurFault);
    }
}
