namespace PushHost.Providers.Apns;

/// <summary>What each answer of APNs means (Apple, "Handling notification responses from APNs"). Unknown reasons are judged by their status.</summary>
internal static class ApnsVerdicts
{
    /// <summary>Apple: server errors may be tried again after 15 minutes.</summary>
    private static readonly TimeSpan AfterServerError = TimeSpan.FromMinutes(15);

    /// <summary>Apple asks for a delay and doesn't say how long.</summary>
    private static readonly TimeSpan AfterTooMany = TimeSpan.FromMinutes(1);

    /// <summary>A time later than this from now is no time at which a token can have died.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <param name="answer">What the gateway answered.</param>
    /// <param name="payload">What was sent.</param>
    /// <param name="id">The id it was sent under.</param>
    /// <param name="environment">The environment it was sent to.</param>
    /// <param name="now">The time, UTC.</param>
    public static Verdict Of(ApnsAnswer answer, ApnsPayload payload, string id, string environment, DateTimeOffset now) => answer.Status switch
    {
        200 => new Accepted(id),
        410 => OfDeadToken(answer, now),
        429 => OfTooMany(answer, now),
        >= 400 and < 500 => OfRefusal(answer, payload, environment),
        >= 500 => OfServerError(answer, now),
        // APNs redirects nobody: this is some other server, or something between us and APNs.
        >= 300 => new Unavailable(answer.Word, null, VerdictScope.Gateway, MayHaveProcessed: true),
        _ => new Unknown(answer.Word),
    };

    private static Verdict OfDeadToken(ApnsAnswer answer, DateTimeOffset now) =>
        answer.InactiveSince is { } since && since <= now + ClockTolerance
            ? new Unregistered(answer.Word, since)
            // Without Apple's own word it may be somebody else's answer.
            : new TokenRejected(answer.Word) { MayBeOurFault = answer.Reason is null };

    private static Throttled OfTooMany(ApnsAnswer answer, DateTimeOffset now) => new(
        answer.Word,
        answer.RetryAfter ?? now + AfterTooMany,
        // TooManyProviderTokenUpdates is about our token; a word that nobody knows, or none, must not slow everybody.
        answer.Reason == "TooManyProviderTokenUpdates" ? VerdictScope.Credential : VerdictScope.Target);

    private static Verdict OfRefusal(ApnsAnswer answer, ApnsPayload payload, string environment) => answer.Reason switch
    {
        "BadDeviceToken" => new TokenRejected("BadDeviceToken", ApnsEnvironment.Other(environment)),
        // A topic that only this message names is no fault of the token's.
        "DeviceTokenNotForTopic" => payload.NamesOtherTopic ? new MessageRejected("DeviceTokenNotForTopic") : new TokenRejected("DeviceTokenNotForTopic"),
        "IdleTimeout" => new Unavailable("IdleTimeout", null, VerdictScope.Target, MayHaveProcessed: false),
        // A topic that only this message names is this message's fault.
        "TopicDisallowed" or "Forbidden" =>
            new CredentialRejected(answer.Word, payload.IsOwnTopic ? VerdictScope.Credential : VerdictScope.Target),
        "ExpiredProviderToken" or "InvalidProviderToken" or "MissingProviderToken" or "BadCertificate" or "BadCertificateEnvironment"
            or "UnrelatedKeyIdInToken" or "BadEnvironmentKeyIdInToken" or "BadEnvironmentKeyInToken" => new CredentialRejected(answer.Word),
        _ => answer.Status switch
        {
            401 or 403 or 407 => new CredentialRejected(answer.Word),
            408 => new Unavailable(answer.Word, answer.RetryAfter, VerdictScope.Target, MayHaveProcessed: true),
            _ => new MessageRejected(answer.Word),
        },
    };

    private static Unavailable OfServerError(ApnsAnswer answer, DateTimeOffset now) => answer.Reason switch
    {
        "Shutdown" => new Unavailable("Shutdown", answer.RetryAfter, VerdictScope.Gateway, MayHaveProcessed: false),
        _ => new Unavailable(
            answer.Word,
            answer.RetryAfter ?? now + AfterServerError,
            answer.Status == 503 ? VerdictScope.Gateway : VerdictScope.Target,
            MayHaveProcessed: true),
    };
}
