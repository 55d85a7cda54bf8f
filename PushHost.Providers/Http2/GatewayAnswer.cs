using System.Buffers;

namespace PushHost.Providers.Http2;

/// <summary>The body of a response, as far as we are willing to read it.</summary>
/// <param name="Body">The bytes, at most as many as were asked for.</param>
/// <param name="IsTruncated">True when there was more, or when the connection ended before the body did.</param>
public readonly record struct GatewayAnswer(ReadOnlyMemory<byte> Body, bool IsTruncated)
{
    /// <summary>Reads a body up to a bound. A body that breaks off is an answer too: the status has come by then.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<GatewayAnswer> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        // One byte more than asked for tells whether there is more.
        var buffer = ArrayPool<byte>.Shared.Rent(maxBytes + 1);
        try
        {
            var (count, isBroken) = await FillAsync(response, buffer.AsMemory(0, maxBytes + 1), cancellationToken);
            var body = count == 0 ? [] : buffer.AsSpan(0, Math.Min(count, maxBytes)).ToArray();
            return new GatewayAnswer(body, isBroken || count > maxBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<(int Count, bool IsBroken)> FillAsync(
        HttpResponseMessage response, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            // Only hands out the stream; nothing is read here.
            var stream = response.Content.ReadAsStream(cancellationToken);
            while (count < buffer.Length)
            {
                var read = await stream.ReadAsync(buffer[count..], cancellationToken);
                if (read == 0)
                    break;
                count += read;
            }
            return (count, false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return (count, true);
        }
    }
}
