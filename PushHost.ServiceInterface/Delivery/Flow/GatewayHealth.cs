using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>Whether one credential's gateway can be sent to; shared by its lanes. Safe for concurrent use.</summary>
/// <remarks>When a rest is over, one request at a time tries whether the gateway is back; the first answer that shows it opens it for all.</remarks>
internal sealed class GatewayHealth(TimeProvider time)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    // An outage is to end soon after the gateway is back, and a try is one request.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly RestTime _rest = new(time);
    private int _failures;
    private volatile string? _reason;

    /// <summary>Until when nothing is sent, Unix milliseconds; in the past when nothing is wrong.</summary>
    public long RestUntil => _rest.Until;

    /// <summary>Why it rests or is being tried, in the gateway's own word; null when nothing is wrong.</summary>
    public string? Reason => _reason;

    /// <summary>Whether nothing may be sent now.</summary>
    public bool Rests => RestUntil > time.UnixMilliseconds();

    /// <summary>The gateway answered as one that works.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Well()
    {
        if (_reason is null)
            return false;
        Interlocked.Exchange(ref _failures, 0);
        _rest.End();
        return Interlocked.Exchange(ref _reason, null) is not null;
    }

    /// <summary>Lets the gateway rest: for a second at first, doubling to ten as long as it fails; up to five minutes where it says so.</summary>
    /// <param name="reason">The gateway's own word.</param>
    /// <param name="notBefore">The gateway's own time, if it names one.</param>
    /// <returns>Whether this is news: it was well before, or rests for another reason.</returns>
    public bool Rest(string reason, DateTimeOffset? notBefore = null)
    {
        var now = time.UnixMilliseconds();
        var isNews = _reason != reason;
        _reason = reason;
        // What was in flight fails together; it is one failure, not hundreds.
        if (RestUntil > now && notBefore is null)
            return isNews;
        var failures = Interlocked.Increment(ref _failures);
        var rest = Math.Min(LongestRest.TotalMilliseconds, FirstRest.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 10)));
        _rest.Extend(notBefore?.ToUnixTimeMilliseconds() ?? now + (long)rest);
        return isNews;
    }
}
