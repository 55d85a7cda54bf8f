using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>Until when something rests: five minutes at most, also where the clock is set back meanwhile. Safe for concurrent use.</summary>
internal sealed class RestTime(TimeProvider time)
{
    // However long a gateway says: one answer, perhaps a wrong one, must not stop an app for hours.
    private static readonly long Longest = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    private long _until;

    /// <summary>Unix milliseconds; in the past when it does not rest.</summary>
    public long Until
    {
        get
        {
            var until = Interlocked.Read(ref _until);
            return until - time.UnixMilliseconds() > Longest ? 0 : until;
        }
    }

    /// <summary>Lets it rest until then, unless it rests for longer already.</summary>
    /// <param name="until">Unix milliseconds.</param>
    public void Extend(long until)
    {
        until = Math.Min(until, time.UnixMilliseconds() + Longest);
        if (until > Until)
            Interlocked.Exchange(ref _until, until);
    }

    public void End() => Interlocked.Exchange(ref _until, 0);
}
