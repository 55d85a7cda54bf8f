using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>The pace of one notification: so many recipients a minute. Safe for concurrent use.</summary>
/// <remarks>Batches become due at the pace already (<see cref="BatchStore"/>); this keeps it where many have become due meanwhile, as after an outage.</remarks>
/// <param name="perMinute">The pace.</param>
/// <param name="time">The clock.</param>
/// <param name="hosts">How many hosts share it now, each with its part; null for this one alone.</param>
internal sealed class Pace(int perMinute, TimeProvider time, Func<int>? hosts = null)
{
    private readonly Lock _gate = new();
    private double _next = double.MinValue;

    /// <summary>How many recipients make ten seconds at a pace, and so a batch: at least one, at most a whole batch.</summary>
    public static int BatchSize(int perMinute) => Math.Clamp(perMinute / 6, 1, BatchStore.MaxRecipients);

    /// <summary>How long recipients take at a pace, in milliseconds.</summary>
    public static long Duration(long recipients, int perMinute) => recipients * 60_000 / perMinute;

    /// <summary>How far the pace is ahead of the clock: what is begun now would have to wait so long.</summary>
    public TimeSpan Ahead
    {
        get
        {
            lock (_gate)
                return TimeSpan.FromMilliseconds(Math.Max(0, _next - time.UnixMilliseconds()));
        }
    }

    /// <summary>Takes the turn of some recipients.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Take(int recipients)
    {
        lock (_gate)
        {
            double now = time.UnixMilliseconds();
            var turn = Math.Max(now, _next);
            _next = turn + (recipients * 60_000.0 / perMinute * (hosts?.Invoke() ?? 1));
            return TimeSpan.FromMilliseconds(turn - now);
        }
    }
}
