using System.IO.Compression;

namespace PushHost.Wire;

/// <summary>A body being decompressed. It is never larger than its limit, however small it was on the wire, and what isn't compressed as announced is the
/// caller's fault.</summary>
/// <param name="body">The body as it arrives.</param>
/// <param name="open">Begins to decompress; called with the first read.</param>
/// <param name="encoding">The compression's name.</param>
/// <param name="limit">How many bytes may come out; -1 is no limit.</param>
internal sealed class DecodedBody(Stream body, Func<Stream, CancellationToken, ValueTask<Stream>> open, string encoding, long limit) : Stream
{
    private Stream? _decoder;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            _decoder ??= await open(body, cancellationToken);
            var count = await _decoder.ReadAsync(buffer, cancellationToken);
            _read += count;
            return limit < 0 || _read <= limit ? count : throw RequestException.TooLarge(limit);
        }
        catch (Exception exception) when (IsDecoders(exception))
        {
            throw RequestException.InvalidJson($"The body isn't {encoding}, which its Content-Encoding announces.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
