using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Http2;

/// <summary>The connections to one gateway and the requests waiting for a free stream on one of them, first come, first served.</summary>
internal sealed class ConnectionPool : IAsyncDisposable
{
    /// <summary>A connection held down to one stream for longer than this no longer keeps us from opening another.</summary>
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFinish = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly GatewayEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GatewayConnector _connector;
    private readonly ConnectBackoff _backoff;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Kept, since its source is gone once the pool is disposed and a connection may just begin to open.</summary>
    private readonly CancellationToken _stop;

    private readonly Queue<Waiter> _waiting = new();

    /// <summary>The connections that take requests. Draining ones are known only by what is in flight on them.</summary>
    private readonly List<GatewayConnection> _connections = [];

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isConnecting;
    private bool _isTimerSet;
    private bool _isClosed;
    private int _inFlight;
    private int _capacity;
    private int _counted;

    public ConnectionPool(GatewayEndpoint endpoint, TimeProvider time, ILogger logger)
    {
        _endpoint = endpoint;
        _time = time;
        _logger = logger;
        _stop = _closing.Token;
        _connector = new GatewayConnector(endpoint, time);
        _backoff = new ConnectBackoff(time);
        _timer = time.CreateTimer(static state => ((ConnectionPool)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a stream on some connection; every one taken is given back by <see cref="Release"/>.</summary>
    /// <exception cref="GatewayTransportException">There is no connection and none can be opened now.</exception>
    public ValueTask<GatewayConnection> AcquireAsync(CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_isClosed)
                throw new GatewayTransportException("the transport is closed", mayHaveProcessed: false);
            if (_waiting.Count == 0 && Roomiest() is { } connection)
            {
                Take(connection);
                return ValueTask.FromResult(connection);
            }
            if (_connections.Count == 0 && !_isConnecting && _backoff.IsWaiting)
                throw NotConnected();
            // Those who gave up would pile up before a gateway that gives no streams.
            while (_waiting.TryPeek(out var first) && first.Task.IsCompleted)
                _waiting.Dequeue();
            _waiting.Enqueue(waiter = new Waiter());
            Grow();
        }
        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Gives a stream back: whether the gateway answered at all, and whether it answered well.</summary>
    public void Release(GatewayConnection connection, bool hasAnswered, bool isSuccess)
    {
        lock (_gate)
        {
            connection.InFlight--;
            _inFlight--;
            if (hasAnswered && !connection.HasAnswered)
            {
                connection.HasAnswered = true;
                _backoff.Succeed();
            }
            if (isSuccess)
            {
                connection.Limit.Succeed();
                NoteSettling(connection);
                TellCapacity();
            }
            CloseIfDone(connection);
            Pump();
            if (_isClosed && _inFlight == 0)
                _finished.TrySetResult();
        }
    }

    /// <summary>The gateway named its stream limit.</summary>
    public void Announce(GatewayConnection connection, uint? maxConcurrentStreams)
    {
        lock (_gate)
        {
            connection.Limit.Announce(maxConcurrentStreams);
            NoteSettling(connection);
            _logger.StreamLimit(_endpoint.Address.Host, connection.Limit.Current);
            TellCapacity();
            Pump();
        }
    }

    /// <summary>The gateway refused a stream.</summary>
    public void Refuse(GatewayConnection connection)
    {
        lock (_gate)
        {
            connection.Limit.Refuse(connection.InFlight);
            TellCapacity();
        }
    }

    /// <summary>The gateway said goodbye.</summary>
    public void GoAway(GatewayConnection connection, int lastStreamId, string? reason)
    {
        connection.SaidGoodbye = true;
        connection.GoAwayReason = reason;
        _logger.GoAway(_endpoint.Address.Host, reason ?? "no reason given", lastStreamId);
        Drain(connection, reason ?? "the gateway said goodbye");
    }

    /// <summary>Puts no new requests on a connection, whatever the cause; it closes with its last answer.</summary>
    public void Drain(GatewayConnection connection, string reason)
    {
        lock (_gate)
        {
            if (connection.IsDraining)
                return;
            connection.IsDraining = true;
            CloseIfDone(connection);
            // A connection that never took part in the pool failed to open, and its failure is known.
            if (!_connections.Remove(connection))
                return;
            _backoff.End(_time.GetElapsedTime(connection.OpenedAt), reason);
            _logger.Closing(_endpoint.Address.Host, reason, connection.InFlight);
            TellCapacity();
            Grow();
            FailWaitingUnlessHopeful();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            while (_waiting.TryDequeue(out var waiter))
                waiter.TrySetException(new GatewayTransportException("the transport is closed", mayHaveProcessed: false));
            if (_inFlight == 0)
                _finished.TrySetResult();
        }
        await _closing.CancelAsync();
        await _finished.Task.WaitAsync(LongestFinish, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _timer.DisposeAsync();
        lock (_gate)
        {
            foreach (var connection in _connections.ToArray())
            {
                _connections.Remove(connection);
                connection.IsDraining = true;
                connection.Dispose();
            }
            Count(0);
        }
        _closing.Dispose();
    }

    private void TellCapacity()
    {
        var capacity = 0;
        foreach (var connection in _connections)
            capacity += connection.Limit.Current;
        if (capacity == _capacity)
            return;
        Count(capacity);
        _endpoint.CapacityChanged?.Invoke(capacity);
    }

    private void Count(int capacity)
    {
        TransportMetrics.Change(_endpoint.Address, _connections.Count - _counted, capacity - _capacity);
        _counted = _connections.Count;
        _capacity = capacity;
    }

    private GatewayConnection? Roomiest()
    {
        GatewayConnection? best = null;
        foreach (var connection in _connections)
        {
            if (connection.HasRoom && (best is null || connection.InFlight < best.InFlight))
                best = connection;
        }
        return best;
    }

    private static void CloseIfDone(GatewayConnection connection)
    {
        if (connection is { IsDraining: true, InFlight: 0 })
            connection.Dispose();
    }

    private void Take(GatewayConnection connection)
    {
        connection.InFlight++;
        _inFlight++;
    }

    private void Pump()
    {
        while (_waiting.Count > 0 && Roomiest() is { } connection)
        {
            if (_waiting.Dequeue().TrySetResult(connection))
                Take(connection);
        }
        Grow();
    }

    private void NoteSettling(GatewayConnection connection) =>
        connection.SettlingSince = connection.Limit.IsSettling ? connection.SettlingSince ?? _time.GetTimestamp() : null;

    /// <summary>Opens one more connection if requests wait for it and the gateway is not likely to mind.</summary>
    private void Grow()
    {
        if (_waiting.Count == 0 || _isConnecting || _isClosed)
            return;
        if (_connections.Count >= _endpoint.MaxConnections)
            return;
        if (_backoff.IsWaiting || _connections.Any(IsSettling))
        {
            SetTimer();
            return;
        }
        _isConnecting = true;
        _ = Task.Run(ConnectAsync);
    }

    private bool IsSettling(GatewayConnection connection) =>
        connection.SettlingSince is { } since && _time.GetElapsedTime(since) < LongestSettling;

    private void SetTimer()
    {
        if (_isTimerSet)
            return;
        _isTimerSet = true;
        _timer.Change(LookAgain, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _isTimerSet = false;
            Pump();
        }
    }

    private async Task ConnectAsync()
    {
        var connection = new GatewayConnection(this, _endpoint, _time.GetTimestamp());
        var failure = await TryOpenAsync(connection);
        lock (_gate)
        {
            _isConnecting = false;
            if (failure is null && !_isClosed && !connection.IsDraining)
            {
                _connections.Add(connection);
                TellCapacity();
                _logger.Opened(_endpoint.Address.Host, _connections.Count);
                Pump();
                return;
            }
            connection.IsDraining = true;
            connection.Dispose();
            if (_isClosed)
                return;
            _backoff.Fail(failure ?? "the connection was closed at once");
            _logger.ConnectFailed(_endpoint.Address.Host, _backoff.Reason ?? "", _backoff.NotBefore);
            FailWaitingUnlessHopeful();
        }
    }

    private async Task<string?> TryOpenAsync(GatewayConnection connection)
    {
        try
        {
            await connection.OpenAsync(_connector, _stop);
            return null;
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    /// <summary>With no connection and none to come soon, waiting helps nobody: the engine is told, and pauses.</summary>
    private void FailWaitingUnlessHopeful()
    {
        if (_connections.Count > 0 || _isConnecting || !_backoff.IsWaiting)
            return;
        while (_waiting.TryDequeue(out var waiter))
            waiter.TrySetException(NotConnected());
    }

    private GatewayTransportException NotConnected() =>
        new($"no connection to {_endpoint.Address.Host}: {_backoff.Reason}", mayHaveProcessed: false) { NotBefore = _backoff.NotBefore };
}
