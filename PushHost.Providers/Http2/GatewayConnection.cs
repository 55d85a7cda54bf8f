namespace PushHost.Providers.Http2;

/// <summary>One TCP connection and the handler that speaks HTTP/2 on it. The handler gets this connection and never another,
/// so that what is known of the connection stays true. State is guarded by the pool's lock.</summary>
internal sealed class GatewayConnection : IFrameSink, IDisposable
{
    // With dynamic windows the handler sends PINGs of its own. After a second GOAWAY (RFC 9113 section 6.8 has a server send two) it calls the answer to one
    // a protocol error, and gives up every request of the connection. Gateways' answers fit in any window. The switch is read when a process makes its first
    // handler: PushHost's own programs set it in their runtime configuration, this is for programs that embed it.
    private const string FixedWindows = "System.Net.SocketsHttpHandler.Http2FlowControl.DisableDynamicWindowSizing";

    private readonly ConnectionPool _pool;
    private readonly GatewayEndpoint _endpoint;
    private readonly HttpMessageInvoker _invoker;
    private Stream? _stream;

    static GatewayConnection()
    {
        if (!AppContext.TryGetSwitch(FixedWindows, out _))
            AppContext.SetSwitch(FixedWindows, true);
    }

    public GatewayConnection(ConnectionPool pool, GatewayEndpoint endpoint, long openedAt)
    {
        _pool = pool;
        _endpoint = endpoint;
        Limit = new StreamLimit(endpoint.StreamsBeforeFirstSuccess, endpoint.MaxStreamsPerConnection);
        OpenedAt = openedAt;
        SettlingSince = openedAt;
        _invoker = new HttpMessageInvoker(MakeHandler());
    }

    public StreamLimit Limit { get; }

    public long OpenedAt { get; }

    /// <summary>Since when <see cref="StreamLimit.IsSettling"/> holds; null while it doesn't.</summary>
    public long? SettlingSince { get; set; }

    public int InFlight { get; set; }

    /// <summary>No new requests: it is said goodbye to, retired or closed.</summary>
    public bool IsDraining { get; set; }

    public bool HasAnswered { get; set; }

    /// <summary>Whether the gateway sent GOAWAY.</summary>
    public bool SaidGoodbye { get; set; }

    public string? GoAwayReason { get; set; }

    public bool HasRoom => !IsDraining && InFlight < Limit.Current;

    public async Task OpenAsync(GatewayConnector connector, CancellationToken cancellationToken) =>
        _stream = await connector.OpenAsync(this, cancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    public void OnSettings(uint? maxConcurrentStreams) => _pool.Announce(this, maxConcurrentStreams);

    public void OnGoAway(int lastStreamId, ReadOnlySpan<byte> debugData) => _pool.GoAway(this, lastStreamId, GoAwayText.Read(debugData));

    public void OnReset(uint errorCode)
    {
        if (errorCode == (uint)Http2Error.RefusedStream)
            _pool.Refuse(this);
    }

    public void OnClosed() => _pool.Drain(this, "closed");

    /// <summary>Closes it on another thread: the handler takes locks of its own, under which it may call us.</summary>
    public void Dispose() => ThreadPool.UnsafeQueueUserWorkItem(
        static connection =>
        {
            connection._invoker.Dispose();
            Interlocked.Exchange(ref connection._stream, null)?.Dispose();
        },
        this,
        preferLocal: false);

    private ValueTask<Stream> Connect()
    {
        if (Interlocked.Exchange(ref _stream, null) is { } stream)
            return ValueTask.FromResult(stream);
        // The handler gave the connection up before its end was read: a request sent again must not meet it again.
        _pool.Drain(this, "closed");
        return ValueTask.FromException<Stream>(new ConnectionGoneException());
    }

    private SocketsHttpHandler MakeHandler() => new()
    {
        ConnectCallback = (_, _) => Connect(),
        EnableMultipleHttp2Connections = false,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        KeepAlivePingDelay = _endpoint.KeepAlivePingDelay,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = 16,
        // Header values such as a collapse id may hold any text; the default would refuse what is not ASCII.
        RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8,
        // No trace headers for gateways.
        ActivityHeadersPropagator = null,
    };
}

/// <summary>The handler asked for a second connection: it has not sent this request.</summary>
internal sealed class ConnectionGoneException() : IOException("the connection is closed");
