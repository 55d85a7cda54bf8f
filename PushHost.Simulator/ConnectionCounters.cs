namespace PushHost.Simulator;

/// <summary>Counts what happens on a gateway's connections.</summary>
internal sealed class ConnectionCounters
{
    private long _opened;
    private long _open;
    private long _streamsPeak;
    private long _violations;
    private long _goAways;

    public long ConnectionsOpened => Interlocked.Read(ref _opened);

    public long ConnectionsOpen => Interlocked.Read(ref _open);

    public long StreamsPeak => Interlocked.Read(ref _streamsPeak);

    public long StreamLimitViolations => Interlocked.Read(ref _violations);

    public long GoAwaysSent => Interlocked.Read(ref _goAways);

    public void Opened()
    {
        Interlocked.Increment(ref _opened);
        Interlocked.Increment(ref _open);
    }

    public void Closed() => Interlocked.Decrement(ref _open);

    public void StreamOpened(int open, bool violation)
    {
        var peak = Interlocked.Read(ref _streamsPeak);
        while (open > peak)
            peak = Math.Max(peak, Interlocked.CompareExchange(ref _streamsPeak, open, peak) == peak ? open : Interlocked.Read(ref _streamsPeak));
        if (violation)
            Interlocked.Increment(ref _violations);
    }

    public void GoAwaySent() => Interlocked.Increment(ref _goAways);

    /// <summary>Forgets the past; connections that are open stay counted as open.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _opened, 0);
        Interlocked.Exchange(ref _streamsPeak, 0);
        Interlocked.Exchange(ref _violations, 0);
        Interlocked.Exchange(ref _goAways, 0);
    }
}
