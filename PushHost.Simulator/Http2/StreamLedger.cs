namespace PushHost.Simulator.Http2;

/// <summary>One connection's streams and limits: what is open, what the client may open, what was promised to be processed.
/// The gate's reader, its writer and request handlers come here from different threads.</summary>
/// <param name="initialLimit">What the first SETTINGS will say.</param>
/// <param name="refuseEarlyStreams">Hold the client to the limit before it acknowledged any.</param>
internal sealed class StreamLedger(int initialLimit, bool refuseEarlyStreams)
{
    private readonly Lock _sync = new();
    private readonly HashSet<int> _open = [];
    private readonly HashSet<int> _refused = [];
    private readonly Queue<int> _unacknowledged = new();
    private int _highestSeen;
    private int _highestProcessed;
    private int? _acknowledged;
    private int _allowed = initialLimit;

    /// <summary>Streams above this were announced as not processed; int.MaxValue before any GOAWAY.</summary>
    public int LastStreamId { get; private set; } = int.MaxValue;

    public int OpenStreams
    {
        get
        {
            lock (_sync)
                return _open.Count;
        }
    }

    /// <summary>A limit went out. A larger one counts at once; a smaller one when the client acknowledges it.</summary>
    public void LimitSent(int limit)
    {
        lock (_sync)
        {
            _unacknowledged.Enqueue(limit);
            Reconsider();
        }
    }

    public void LimitAcknowledged()
    {
        lock (_sync)
        {
            if (!_unacknowledged.TryDequeue(out var limit))
                return;
            _acknowledged = limit;
            Reconsider();
        }
    }

    /// <summary>Notes a stream that the client opened.</summary>
    /// <returns>How many are open with it, whether it was refused, and whether that breaks a limit the client acknowledged.</returns>
    public (int Open, bool Refused, bool Violation) Opened(int streamId)
    {
        lock (_sync)
        {
            // The same id again is the stream's trailers.
            if (streamId <= _highestSeen)
                return (_open.Count, false, false);
            _highestSeen = streamId;
            _open.Add(streamId);
            var refused = _open.Count > _allowed && (_acknowledged is not null || refuseEarlyStreams);
            if (refused)
                _refused.Add(streamId);
            return (_open.Count, refused, refused && _acknowledged is not null);
        }
    }

    /// <summary>Notes a stream's end.</summary>
    /// <returns>True if the connection said GOAWAY and this was the last stream it still owed an answer.</returns>
    public bool Closed(int streamId)
    {
        lock (_sync)
        {
            _open.Remove(streamId);
            return IsSpent();
        }
    }

    /// <summary>False if the stream was refused or lies above an announced last stream.</summary>
    public bool MayProcess(int streamId)
    {
        lock (_sync)
            return streamId <= LastStreamId && (_refused.Count == 0 || !_refused.Remove(streamId));
    }

    /// <summary>Claims a stream for processing: from here on no GOAWAY excludes it. False if one already did.</summary>
    public bool TryProcess(int streamId)
    {
        lock (_sync)
        {
            if (streamId > LastStreamId)
                return false;
            _highestProcessed = Math.Max(_highestProcessed, streamId);
            return true;
        }
    }

    /// <summary>Settles the last stream of a GOAWAY: never below what was processed, never above an earlier announcement.</summary>
    public int Announce(int? lastStreamId)
    {
        lock (_sync)
        {
            LastStreamId = Math.Min(LastStreamId, Math.Max(lastStreamId ?? 0, _highestProcessed));
            return LastStreamId;
        }
    }

    public bool Spent
    {
        get
        {
            lock (_sync)
                return IsSpent();
        }
    }

    private bool IsSpent()
    {
        // Streams up to the last one that did not arrive yet are still promised.
        if (LastStreamId > _highestSeen)
            return false;
        foreach (var stream in _open)
        {
            if (stream <= LastStreamId)
                return false;
        }
        return true;
    }

    private void Reconsider()
    {
        _allowed = _acknowledged ?? 0;
        foreach (var limit in _unacknowledged)
            _allowed = Math.Max(_allowed, limit);
    }
}
