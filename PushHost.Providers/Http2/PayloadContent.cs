using System.Net;

namespace PushHost.Providers.Http2;

/// <summary>A request body that is shared between requests and never copied.</summary>
/// <param name="body">The bytes. They must not change while a request is under way.</param>
public sealed class PayloadContent(ReadOnlyMemory<byte> body) : GatewayContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasWritten = true;
        return stream.WriteAsync(body, cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
