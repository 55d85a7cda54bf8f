namespace PushHost.Providers.Apns;

/// <summary>Cancels requests that got no answer in time, or when the host stops. Requests begun within a tenth of a second share one deadline,
/// since a timer and a linked token for each would cost more than the request's headers. Not thread safe.</summary>
/// <param name="timeout">How long a request may take; it may be given up a tenth of a second early.</param>
/// <param name="time">The clock.</param>
/// <param name="stop">The host's own cancellation.</param>
internal sealed class RequestDeadlines(TimeSpan timeout, TimeProvider time, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    private readonly List<CancellationTokenSource> _sources = [];
    private CancellationToken _current;
    private long _begunAt;

    /// <summary>The deadline for a request that begins now.</summary>
    public CancellationToken Begin()
    {
        if (_sources.Count == 0 || time.GetElapsedTime(_begunAt) >= Grain)
        {
            var clock = new CancellationTokenSource(timeout, time);
            var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, stop);
            _sources.Add(clock);
            _sources.Add(either);
            _current = either.Token;
            _begunAt = time.GetTimestamp();
        }
        return _current;
    }

    /// <summary>Call when all requests have ended.</summary>
    public void Dispose()
    {
        foreach (var source in _sources)
            source.Dispose();
    }
}
