using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PushHost.Providers.Http2;

// SocketsHttpHandler uses an SslStream from ConnectCallback as it is and would wrap any other stream in TLS of its own,
// so what is read in passing has to be read by a subclass. The bytes are looked at where the handler put them.

/// <summary>A TLS connection whose incoming frames are scanned in passing.</summary>
internal sealed class ScannedSslStream(Stream inner, IFrameSink sink) : SslStream(inner, leaveInnerStreamOpen: false)
{
    private readonly FrameScanner _scanner = new(sink);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = 0;
        try
        {
            count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (count == 0 && buffer.Length > 0)
                sink.OnClosed();
        }
        _scanner.Read(buffer.Span[..count]);
        return count;
    }

    public override ValueTask DisposeAsync()
    {
        sink.OnClosed();
        return base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        sink.OnClosed();
        base.Dispose(disposing);
    }
}

/// <summary>A connection without TLS (only the settings file may name one) whose incoming frames are scanned in passing.</summary>
internal sealed class ScannedNetworkStream(Socket socket, IFrameSink sink) : NetworkStream(socket, ownsSocket: true)
{
    private readonly FrameScanner _scanner = new(sink);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = 0;
        try
        {
            count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (count == 0 && buffer.Length > 0)
                sink.OnClosed();
        }
        _scanner.Read(buffer.Span[..count]);
        return count;
    }

    public override ValueTask DisposeAsync()
    {
        sink.OnClosed();
        return base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        sink.OnClosed();
        base.Dispose(disposing);
    }
}
