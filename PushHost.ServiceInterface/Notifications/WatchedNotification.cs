namespace PushHost.ServiceInterface.Notifications;

/// <summary>A notification as its watchers see it.</summary>
internal sealed class WatchedNotification
{
    private TaskCompletionSource _changed = New();
    private volatile Glimpse? _latest;

    /// <summary>What was seen last; null before the first look.</summary>
    public Glimpse? Latest => _latest;

    /// <summary>How many watch it. Kept by <see cref="NotificationWatch"/>.</summary>
    public int Watchers { get; set; }

    /// <summary>Completes with the next change.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Shows what was seen, if it is news.</summary>
    public void Show(byte[] json, bool isLast)
    {
        if (_latest is { } latest && latest.IsLast == isLast && latest.Json.AsSpan().SequenceEqual(json))
            return;
        _latest = new Glimpse(json, isLast);
        Interlocked.Exchange(ref _changed, New()).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A notification at one moment.</summary>
/// <param name="Json">As callers see it; empty when it is gone.</param>
/// <param name="IsLast">Whether nothing more will change.</param>
internal sealed record Glimpse(byte[] Json, bool IsLast);
