using System.IO.Compression;

namespace PushHost.Wire;

/// <summary>A body being decompressed. It is never larger than its limit, however small it was on the wire, and what isn't compressed as announced is the
/// caller's fault.</summary>
/// <param name="body">The body as it arrives.</param>
/// <param name="open">Begins to decompress; called with the first read.</param>
/// <param name="encoding">The compression's name.</param>
/// <param name="limit">How many bytes may come out; -1 is no limit but that of <see cref="MaxExpansion"/>.</param>
internal sealed class DecodedBody(Stream body, Func<Stream, CancellationToken, ValueTask<Stream>> open, string encoding, long limit) : BodyStream
{
    /// <summary>How many times as large as on the wire a body without a limit may become, beyond its first MiB. Lines of devices, whose tokens are
    /// chance, grow ten- to twentyfold, fiftyfold where all have the same long attributes; a bomb a thousandfold, in Brotli a millionfold.</summary>
    private const long MaxExpansion = 100;

    private const long AlwaysTaken = 1024 * 1024;

    private readonly CountedStream _compressed = new(body);
    private Stream? _decoder;
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            _decoder ??= await open(_compressed, cancellationToken);
            var count = await _decoder.ReadAsync(buffer, cancellationToken);
            _read += count;
            RefuseTooMuch();
            return count;
        }
        catch (Exception exception) when (IsDecoders(exception))
        {
            throw RequestException.InvalidJson($"The body isn't {encoding}, which its Content-Encoding announces, or breaks off before its end.");
        }
    }

    private void RefuseTooMuch()
    {
        if (limit >= 0 && _read > limit)
            throw RequestException.TooLarge(limit);
        if (limit < 0 && _read > Math.Max(AlwaysTaken, MaxExpansion * _compressed.Count))
            throw new RequestException(413, ErrorCodes.RequestTooLarge, $"The body is more than {MaxExpansion} times as large as it was in {encoding}; send it as it is.");
    }

    // They say it in several ways, one of which isn't public: ZLibException, for a stream that wants a dictionary.
    private static bool IsDecoders(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException || exception.GetType().Assembly == typeof(GZipStream).Assembly;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder?.Dispose();
        base.Dispose(disposing);
    }
}
