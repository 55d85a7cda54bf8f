using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace PushHost.Wire;

/// <summary>The compressions of a body that are read, by their name in <c>Content-Encoding</c>.</summary>
internal static class BodyEncoding
{
    /// <summary>Their names, as a header lists them.</summary>
    private const string All = "gzip, deflate, br";

    /// <summary>The body as it was before compression; the body itself where there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">How many bytes may come out; -1 is no limit.</param>
    /// <exception cref="RequestException">415: another compression.</exception>
    public static Stream Decode(HttpRequest request, long limit)
    {
        var given = request.Headers.ContentEncoding.ToString();
        var name = given.Trim().ToLowerInvariant();
        Func<Stream, CancellationToken, ValueTask<Stream>>? open = name switch
        {
            "" or "identity" => null,
            "gzip" or "x-gzip" => (body, _) => new(new GZipStream(body, CompressionMode.Decompress)),
            "br" => (body, _) => new(new BrotliStream(body, CompressionMode.Decompress)),
            "deflate" => InflateAsync,
            _ => throw new RequestException(
                415, ErrorCodes.UnsupportedMediaType, $"The body's Content-Encoding is {given}; send it as it is, or as one of {All}.") { AcceptEncoding = All },
        };
        return open is null ? request.Body : new DecodedBody(request.Body, open, name, limit);
    }

    // Two forms go by this name: within a zlib frame, as HTTP means it, and bare, as many clients write it. The first two bytes tell them apart.
    private static async ValueTask<Stream> InflateAsync(Stream body, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(body);
        var start = await reader.ReadAtLeastAsync(2, cancellationToken);
        var zlib = IsZlib(start.Buffer);
        reader.AdvanceTo(start.Buffer.Start);
        return zlib ? new ZLibStream(reader.AsStream(), CompressionMode.Decompress) : new DeflateStream(reader.AsStream(), CompressionMode.Decompress);
    }

    // RFC 1950: method 8, and both bytes together a multiple of 31.
    private static bool IsZlib(ReadOnlySequence<byte> body)
    {
        Span<byte> start = stackalloc byte[2];
        if (body.Length < start.Length)
            return false;
        body.Slice(0, start.Length).CopyTo(start);
        return (start[0] & 0x0F) == 8 && (start[0] * 256 + start[1]) % 31 == 0;
    }
}
