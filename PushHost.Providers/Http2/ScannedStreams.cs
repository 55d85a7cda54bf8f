using System.Net.Security;
using System.Net.Sockets;

namespace PushHost.Providers.Http2;

// SocketsHttpHandler uses an SslStream from ConnectCallback as it is and would wrap any other stream in TLS of its own,
// so what is read in passing has to be read by a subclass. The bytes are looked at where the handler put them.

/// <summary>A TLS connection whose incoming frames are scanned in passing.</summary>
internal sealed class ScannedSslStream(Stream inner, IFrameSink sink, TimeProvider time) : SslStream(inner, leaveInnerStreamOpen: false)
{
    private readonly IncomingFrames _incoming = new(sink, time);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _incoming.Begin();
        return _incoming.ReadAsync(base.ReadAsync(buffer, cancellationToken), buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _incoming.WriteAsync(base.WriteAsync(buffer, cancellationToken));

    public override ValueTask DisposeAsync()
    {
        _incoming.End();
        return base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _incoming.End();
        base.Dispose(disposing);
    }
}

/// <summary>A connection without TLS (only the settings file may name one) whose incoming frames are scanned in passing.</summary>
internal sealed class ScannedNetworkStream(Socket socket, IFrameSink sink, TimeProvider time) : NetworkStream(socket, ownsSocket: true)
{
    private readonly IncomingFrames _incoming = new(sink, time);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _incoming.Begin();
        return _incoming.ReadAsync(base.ReadAsync(buffer, cancellationToken), buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _incoming.WriteAsync(base.WriteAsync(buffer, cancellationToken));

    public override ValueTask DisposeAsync()
    {
        _incoming.End();
        return base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _incoming.End();
        base.Dispose(disposing);
    }
}
