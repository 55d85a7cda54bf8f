namespace PushHost.ServiceInterface.Delivery;

/// <summary>Tells those who wait for a notification that it is complete.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Completions(TimeProvider time)
{
    private readonly Dictionary<long, Expectation> _expected = [];

    /// <summary>How many notifications are waited for.</summary>
    public int Expected
    {
        get
        {
            lock (_expected)
                return _expected.Count;
        }
    }

    /// <summary>To be called before the notification can complete, so that its completion isn't missed.</summary>
    public Waiter Expect(long notification)
    {
        lock (_expected)
        {
            if (!_expected.TryGetValue(notification, out var expectation))
                _expected.Add(notification, expectation = new Expectation());
            expectation.Waiters++;
            return new Waiter(this, notification, expectation);
        }
    }

    /// <summary>Called with what this host completes, for those who wait at others.</summary>
    public Action<long> Tell { get; set; } = _ => { };

    /// <summary>This host has completed a notification.</summary>
    public void Complete(long notification)
    {
        Hear(notification);
        Tell(notification);
    }

    /// <summary>A notification is complete, whoever completed it.</summary>
    public void Hear(long notification)
    {
        Expectation? expectation;
        lock (_expected)
            _expected.Remove(notification, out expectation);
        expectation?.Completed.TrySetResult();
    }

    private void Leave(long notification, Expectation expectation)
    {
        lock (_expected)
        {
            // Others may wait on for what this one no longer waits for.
            if (--expectation.Waiters == 0 && _expected.TryGetValue(notification, out var current) && current == expectation)
                _expected.Remove(notification);
        }
    }

    /// <summary>One who waits; to be disposed, or the notification is waited for forever.</summary>
    public sealed class Waiter : IDisposable
    {
        private readonly Completions _completions;
        private readonly long _notification;
        private readonly Expectation _expectation;
        private readonly long _since;
        private bool _left;

        internal Waiter(Completions completions, long notification, Expectation expectation)
        {
            _completions = completions;
            _notification = notification;
            _expectation = expectation;
            _since = completions.Time.GetTimestamp();
        }

        /// <summary>Waits until the notification is complete or the time since <see cref="Expect"/> is over.</summary>
        /// <returns>Whether it is complete.</returns>
        public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            var left = timeout - _completions.Time.GetElapsedTime(_since);
            try
            {
                await _expectation.Completed.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _completions.Time, cancellationToken);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            _completions.Leave(_notification, _expectation);
        }
    }

    internal sealed class Expectation
    {
        public TaskCompletionSource Completed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }

    private TimeProvider Time => time;
}
