using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>Speaks HTTP/2 frame by frame, to break rules that a proper client keeps and to see what it hides.</summary>
internal sealed class RawHttp2Client : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly GatewaySimulator _simulator;

    private RawHttp2Client(SslStream stream, GatewaySimulator simulator)
    {
        _stream = stream;
        _simulator = simulator;
    }

    public static async Task<RawHttp2Client> ConnectAsync(GatewaySimulator simulator, X509Certificate2? certificate = null)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", simulator.ApnsPort);
        var stream = new SslStream(tcp.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            ClientCertificates = certificate is null ? null : [certificate],
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetRawCertData().AsSpan()
                .SequenceEqual(X509Certificate2.CreateFromPem(simulator.CertificatePem).RawData) == true,
        });
        var client = new RawHttp2Client(stream, simulator);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await client.WriteAsync(type: 4, flags: 0, streamId: 0, []);
        return client;
    }

    public Task AcknowledgeSettingsAsync() => WriteAsync(type: 4, flags: 1, streamId: 0, []);

    public async Task PushAsync(int streamId, string? jwt, string token = "00ff", bool endStream = true, int topics = 1)
    {
        var block = new List<byte>();
        Literal(block, ":method", "POST");
        Literal(block, ":scheme", "https");
        Literal(block, ":authority", "localhost");
        Literal(block, ":path", $"/3/device/{token}");
        for (var i = 0; i < topics; i++)
            Literal(block, "apns-topic", _simulator.Credentials.ApnsBundleId);
        Literal(block, "apns-push-type", "alert");
        if (jwt is not null)
            Literal(block, "authorization", "bearer " + jwt);
        await WriteAsync(type: 1, flags: 4, streamId, [.. block]);
        if (endStream)
            await WriteAsync(type: 0, flags: 1, streamId, Encoding.UTF8.GetBytes(ApnsCaller.Alert));
    }

    public async Task<RawFrame> ReadUntilAsync(Predicate<RawFrame> wanted)
    {
        while (true)
        {
            var header = new byte[9];
            await _stream.ReadExactlyAsync(header);
            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            await _stream.ReadExactlyAsync(payload);
            var frame = new RawFrame(header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
            if (wanted(frame))
                return frame;
        }
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    // HPACK: literal without indexing, new name; lengths as integers with a 7-bit prefix.
    private static void Literal(List<byte> block, string name, string value)
    {
        block.Add(0);
        foreach (var text in (string[])[name, value])
        {
            var length = text.Length;
            if (length < 127)
            {
                block.Add((byte)length);
            }
            else
            {
                block.Add(127);
                for (length -= 127; length >= 128; length /= 128)
                    block.Add((byte)(length % 128 + 128));
                block.Add((byte)length);
            }
            block.AddRange(Encoding.ASCII.GetBytes(text));
        }
    }

    private async Task WriteAsync(byte type, byte flags, int streamId, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame);
    }
}

internal sealed record RawFrame(byte Type, byte Flags, int StreamId, byte[] Payload)
{
    public int? StreamLimit
    {
        get
        {
            for (var i = 0; Type == 4 && i + 6 <= Payload.Length; i += 6)
            {
                if (BinaryPrimitives.ReadUInt16BigEndian(Payload.AsSpan(i)) == 3)
                    return BinaryPrimitives.ReadInt32BigEndian(Payload.AsSpan(i + 2));
            }
            return null;
        }
    }

    public int ErrorCode => BinaryPrimitives.ReadInt32BigEndian(Payload);

    public int LastStreamId => BinaryPrimitives.ReadInt32BigEndian(Payload);

    public string DebugData => Encoding.UTF8.GetString(Payload.AsSpan(8));
}
