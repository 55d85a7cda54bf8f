namespace PushHost.ServiceInterface.Delivery;

/// <summary>Counts the claims in work, so that a stop can wait for them. Safe for concurrent use.</summary>
internal sealed class RunningClaims
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _idle = Completed();
    private int _running;

    /// <summary>Completes when no claim is in work.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
                return _idle.Task;
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            if (_running++ == 0)
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            if (--_running == 0)
                _idle.TrySetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
