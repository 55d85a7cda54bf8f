using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PushHost.Tests.Providers.Http2;

/// <summary>One HTTP/2 connection without TLS on loopback, frame by frame as a test says: what no server has an interface for.</summary>
internal sealed class ScriptedHttp2 : IDisposable
{
    public const byte Headers = 1;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;

    public const byte Acknowledgement = 1;
    public const byte WholeAnswer = 5;

    private const int PrefaceLength = 24;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Stream? _stream;

    public ScriptedHttp2() => _listener.Start();

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The PINGs that nobody acknowledged yet.</summary>
    public Queue<byte[]> Pings { get; } = new();

    /// <summary>Takes the client's connection, and exchanges settings.</summary>
    public async Task AcceptAsync()
    {
        _stream = new NetworkStream(await _listener.AcceptSocketAsync(), ownsSocket: true);
        await _stream.ReadExactlyAsync(new byte[PrefaceLength]);
        await SendAsync(Settings, 0, 0, []);
        await SendAsync(Settings, Acknowledgement, 0, []);
    }

    /// <summary>Reads up to the next request's headers; keeps the PINGs before them.</summary>
    public async Task<int> NextRequestAsync()
    {
        while (true)
        {
            var (type, flags, stream, payload) = await ReadAsync();
            if (type == Ping && flags == 0)
                Pings.Enqueue(payload);
            if (type == Headers)
                return stream;
        }
    }

    /// <summary>Answers with 200 and no body.</summary>
    public Task AnswerAsync(int stream) => SendAsync(Headers, WholeAnswer, stream, [0x88]);

    public Task SayGoodbyeAsync(int lastStream) => SendAsync(GoAway, 0, 0, [.. BigEndian(lastStream), 0, 0, 0, 0]);

    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        byte[] length = BigEndian(payload.Length);
        await _stream!.WriteAsync((byte[])[.. length[1..], type, flags, .. BigEndian(stream), .. payload]);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _listener.Dispose();
    }

    private async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadAsync()
    {
        var header = new byte[9];
        await _stream!.ReadExactlyAsync(header);
        var payload = new byte[header[0] << 16 | header[1] << 8 | header[2]];
        await _stream.ReadExactlyAsync(payload);
        return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
