namespace PushHost.Simulator.Http2;

/// <summary>Finds frame headers in a byte stream that arrives in pieces of any size, without holding the payloads.</summary>
internal struct FrameScanner(int skip)
{
    private readonly byte[] _header = new byte[Http2Frame.HeaderLength];
    private int _headerBytes;
    private int _skip = skip;

    /// <summary>Consumes bytes up to and including the next frame header.</summary>
    /// <returns>False when the bytes ran out first.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out Http2Frame frame)
    {
        var skipped = Math.Min(_skip, bytes.Length);
        bytes = bytes[skipped..];
        _skip -= skipped;

        var wanted = Math.Min(Http2Frame.HeaderLength - _headerBytes, bytes.Length);
        bytes[..wanted].CopyTo(_header.AsSpan(_headerBytes));
        bytes = bytes[wanted..];
        _headerBytes += wanted;
        if (_headerBytes < Http2Frame.HeaderLength)
        {
            frame = default;
            return false;
        }

        frame = Http2Frame.Read(_header);
        _headerBytes = 0;
        _skip = frame.Length;
        return true;
    }
}
