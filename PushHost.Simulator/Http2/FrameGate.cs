using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace PushHost.Simulator.Http2;

/// <summary>Stands between TLS and Kestrel's HTTP/2 on one connection. It passes whole frames, counts streams, and sends
/// what Kestrel has no interface for: a stream limit that changes, and GOAWAY with any last stream and reason.</summary>
internal sealed class FrameGate : IDuplexPipe
{
    /// <summary>A client closes a connection that said goodbye when it has read its answers. One that does not is hung up on after this.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    private readonly ConnectionContext _connection;
    private readonly GateReader _reader;
    private readonly GateWriter _writer;
    private readonly ConnectionCounters _counters;
    private readonly SimulatorOptions _options;
    private readonly Lock _sync = new();
    private int _limit;

    public FrameGate(ConnectionContext connection, int streamLimit, SimulatorOptions options, ConnectionCounters counters)
    {
        _connection = connection;
        _counters = counters;
        _options = options;
        Streams = new StreamLedger(streamLimit, options.RefuseEarlyStreams);
        _limit = streamLimit;
        _reader = new GateReader(connection.Transport.Input, this);
        _writer = new GateWriter(connection.Transport.Output, this, _sync);
    }

    public PipeReader Input => _reader;

    public PipeWriter Output => _writer;

    public StreamLedger Streams { get; }

    /// <summary>The client has authenticated itself: the limit follows the gateway's.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>The stream limit last announced.</summary>
    public int StreamLimit
    {
        get
        {
            lock (_sync)
                return _limit;
        }
    }

    /// <summary>Announces another stream limit; nothing is sent if it is the present one.</summary>
    public void LimitStreams(int limit)
    {
        lock (_sync)
        {
            if (_limit == limit)
                return;
            _limit = limit;
            // Kestrel's first SETTINGS carries the present limit; before it nothing may be sent.
            if (!_writer.HasStarted)
                return;
            Streams.LimitSent(limit);
            _writer.Inject(Http2Frame.MakeSettings(limit));
        }
    }

    /// <summary>Sends GOAWAY with a JSON reason, as APNs does, and closes when the streams up to the last one are answered.</summary>
    /// <returns>The last stream announced: never below one that was already processed.</returns>
    public int GoAway(string reason, int? lastStreamId, DateTimeOffset? timestamp)
    {
        var last = Streams.Announce(lastStreamId);
        var debugData = timestamp is { } time
            ? $$"""{"reason":{{Quote(reason)}},"timestamp":{{time.ToUnixTimeMilliseconds()}}}"""
            : $$"""{"reason":{{Quote(reason)}}}""";
        _counters.GoAwaySent();
        _writer.Inject(Http2Frame.MakeGoAway(last, Encoding.UTF8.GetBytes(debugData)));
        // A connection that has not begun would end without the goodbye.
        if (_writer.HasStarted)
            EndIfSpent();
        return last;
    }

    /// <summary>Completes when everything that was to be sent has been, or could not be.</summary>
    public Task WaitUntilSentAsync() => _writer.WaitUntilIdleAsync();

    /// <summary>Resets the TCP connection without a word of TLS or HTTP/2.</summary>
    public static void ResetConnection(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            try
            {
                // A linger time of zero makes closing send RST instead of FIN.
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The client was faster.
            }
        }
        connection.Abort();
    }

    public void ResetConnection() => ResetConnection(_connection);

    internal void Received(in Http2Frame frame)
    {
        if (frame.Type == Http2Frame.Headers)
        {
            var (open, refused, violation) = Streams.Opened(frame.StreamId);
            _counters.StreamOpened(open, violation);
            if (refused && _options.StreamLimitPenalty == StreamLimitPenalty.GoAway && Streams.LastStreamId == int.MaxValue)
                GoAway("Maximum active streams violated", lastStreamId: null, timestamp: null);
        }
        else if (frame.Type == Http2Frame.Reset)
        {
            Ended(frame.StreamId);
        }
        else if (frame.IsSettingsAcknowledgement)
        {
            Streams.LimitAcknowledged();
        }
    }

    /// <summary>Puts the present limit into Kestrel's first SETTINGS, the only one it sends.</summary>
    internal void SendingFirstSettings(Span<byte> payload)
    {
        lock (_sync)
        {
            if (Http2Frame.TryReplaceStreamLimit(payload, _limit))
                Streams.LimitSent(_limit);
        }
    }

    /// <summary>Kestrel's first SETTINGS went out, and what was to follow it.</summary>
    internal void HasBegun() => EndIfSpent();

    /// <summary>Looks at a frame on its way out.</summary>
    /// <returns>False to drop it.</returns>
    internal bool Sending(in Http2Frame frame)
    {
        // After our GOAWAY another one, with Kestrel's own count, could raise the last stream.
        if (frame.Type == Http2Frame.GoAway)
            return Streams.LastStreamId == int.MaxValue;
        if (frame.EndsStream)
            Ended(frame.StreamId);
        return true;
    }

    private void EndIfSpent()
    {
        if (Streams.Spent)
            EndSoon();
    }

    private void Ended(int streamId)
    {
        if (Streams.Closed(streamId))
            EndSoon();
    }

    // Closed at once, with something of the client's still unread, the connection would be reset, and answers that are under way be lost to the client.
    private void EndSoon() => _ = Task.Delay(Linger, TimeProvider.System).ContinueWith(_ => _reader.End(), TaskScheduler.Default);

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
