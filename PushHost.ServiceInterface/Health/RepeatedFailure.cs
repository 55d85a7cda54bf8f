namespace PushHost.ServiceInterface.Health;

/// <summary>Keeps a failure that comes again and again from filling the log: it is told when it is another than before, and once a minute while it lasts.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RepeatedFailure(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _reason;
    private long _toldAt;

    /// <summary>Whether this is to be told; it counts as told then.</summary>
    public bool IsNews(string reason)
    {
        lock (_gate)
        {
            if (reason == _reason && time.GetElapsedTime(_toldAt) < Interval)
                return false;
            _reason = reason;
            _toldAt = time.GetTimestamp();
            return true;
        }
    }
}
