using PushHost.Providers;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>What follows from a verdict.</summary>
/// <param name="Outcome">How the recipient ends; pending is a retry, unspecified means that nothing is recorded and it is sent again without counting.</param>
/// <param name="DueAt">When a retry is due, Unix milliseconds.</param>
/// <param name="Silences">How many attempts had no answer so far.</param>
internal readonly record struct Decision(DeliveryOutcome Outcome, long DueAt, int Silences = 0)
{
    /// <summary>How a recipient ends whose time is over: after a silence nobody knows whether it was reached.</summary>
    public static DeliveryOutcome LapsesTo(int silences) => silences > 0 ? DeliveryOutcome.Unknown : DeliveryOutcome.Expired;
}

/// <summary>Turns verdicts into outcomes and retries: exponential backoff with full jitter, never before the gateway's own time, until the message's time is over.</summary>
internal static class RetryPolicy
{
    /// <summary>With so many silences a recipient ends undecided: each time it is sent to again may be a double on the phone.</summary>
    public const int MaxSilences = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="verdict">What the gateway said.</param>
    /// <param name="attempt">Which attempt it was, from 1.</param>
    /// <param name="silencesBefore">How many attempts before had no answer.</param>
    /// <param name="notAfter">When the message's time is over, Unix milliseconds.</param>
    /// <param name="expiry">Whether there is only one attempt.</param>
    /// <param name="onUnknown">Whether silence is followed by another attempt.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="chance">From 0 up to 1.</param>
    public static Decision Decide(Verdict verdict, int attempt, int silencesBefore, long notAfter, ExpiryKind expiry, OnUnknown onUnknown, long now, double chance)
    {
        var once = expiry == ExpiryKind.Once;
        var silences = silencesBefore + (verdict is Unknown ? 1 : 0);
        switch (verdict)
        {
            case Accepted or Replaced:
                return new Decision(DeliveryOutcome.Accepted, 0);
            case Unregistered or TokenRejected or MessageRejected or CredentialRejected { Scope: VerdictScope.Target }:
                return new Decision(DeliveryOutcome.Failed, 0);
            case CredentialRejected or Unavailable { MayHaveProcessed: false }:
                return once ? Lapse() : new Decision(DeliveryOutcome.Unspecified, 0);
            case Throttled throttled:
                return Retry(throttled.NotBefore);
            case Unavailable unavailable:
                return Retry(unavailable.NotBefore);
            case Unknown:
                return silences >= MaxSilences || onUnknown == OnUnknown.Stop ? new Decision(DeliveryOutcome.Unknown, 0, silences) : Retry(null);
            default:
                throw new ArgumentOutOfRangeException(nameof(verdict), verdict.GetType().Name, "is no verdict of this contract");
        }

        // What one attempt left open, a later one that was certainly not taken does not close.
        Decision Retry(DateTimeOffset? notBefore)
        {
            if (once)
                return Lapse();
            var window = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 20)));
            var due = Math.Max(now + (long)(window * chance), notBefore?.ToUnixTimeMilliseconds() ?? 0);
            return due < notAfter ? new Decision(DeliveryOutcome.Pending, due, silences) : Lapse();
        }

        Decision Lapse() => new(Decision.LapsesTo(silences), 0, silences);
    }
}
