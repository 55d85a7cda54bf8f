namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>The most messages a minute that a credential may send, over all its lanes. Spread evenly: a minute's quota is never spent at once.
/// Safe for concurrent use.</summary>
/// <param name="perMinute">The ceiling.</param>
/// <param name="time">The clock.</param>
/// <param name="hosts">How many hosts share it now, each with its part; null for this one alone.</param>
internal sealed class RateCeiling(int perMinute, TimeProvider time, Func<int>? hosts = null)
{
    /// <summary>What may go at once after a pause, in seconds of the rate.</summary>
    private const double Burst = 1;

    /// <summary>How far the transactional lane may run ahead of the rate, in seconds of it: the others make up for it.</summary>
    private const double Reserve = 10;

    private readonly Lock _gate = new();
    private double _tokens = perMinute / 60.0 * Burst;
    private long _lastRefill = time.GetTimestamp();

    /// <summary>Takes room for messages that are about to be sent.</summary>
    /// <returns>How long to wait before sending them.</returns>
    public TimeSpan Take(int messages, bool mayRunAhead)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var perSecond = perMinute / 60.0 / (hosts?.Invoke() ?? 1);
            _tokens = Math.Min(perSecond * Burst, _tokens + (time.GetElapsedTime(_lastRefill, now).TotalSeconds * perSecond));
            _lastRefill = now;
            _tokens -= messages;
            var missing = mayRunAhead ? -_tokens - (perSecond * Reserve) : -_tokens;
            return missing <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / perSecond);
        }
    }
}
