namespace PushHost.Providers.Gcm;

/// <summary>Reads answers without trusting their length.</summary>
internal static class GatewayAnswer
{
    /// <summary>The body; empty when it is longer than <paramref name="maxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[1024];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > maxBytes)
                return default;
            if (length == buffer.Length)
                Array.Resize(ref buffer, length * 2);
        }
    }
}
