namespace PushHost.ServiceInterface.Delivery;

/// <summary>Wakes one loop: rings that come while it works are remembered as one.</summary>
internal sealed class Signal(TimeProvider time)
{
    private readonly object _gate = new();
    private TaskCompletionSource _rung = New();

    public void Ring()
    {
        lock (_gate)
            _rung.TrySetResult();
    }

    /// <summary>Waits for a ring, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task rung;
        lock (_gate)
            rung = _rung.Task;
        try
        {
            await rung.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return;
        }
        lock (_gate)
        {
            if (_rung.Task.IsCompleted)
                _rung = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
