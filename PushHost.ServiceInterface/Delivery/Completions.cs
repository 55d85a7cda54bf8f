using System.Collections.Concurrent;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Tells those who wait for a notification that it is complete.</summary>
internal sealed class Completions(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _waiting = new();

    /// <summary>To be called before the notification can complete, so that its completion isn't missed.</summary>
    public Waiter Expect(long notification)
    {
        var source = _waiting.GetOrAdd(notification, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return new Waiter(this, notification, source, time);
    }

    public void Complete(long notification)
    {
        if (_waiting.TryRemove(notification, out var source))
            source.TrySetResult();
    }

    /// <summary>One who waits.</summary>
    public sealed class Waiter(Completions completions, long notification, TaskCompletionSource source, TimeProvider time)
    {
        /// <summary>Waits until the notification is complete or the time is over.</summary>
        /// <returns>Whether it is complete.</returns>
        public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            try
            {
                await source.Task.WaitAsync(timeout, time, cancellationToken);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
            finally
            {
                completions._waiting.TryRemove(KeyValuePair.Create(notification, source));
            }
        }
    }
}
