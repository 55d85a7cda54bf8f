using System.Buffers.Binary;

namespace PushHost.Providers.Http2;

/// <summary>Reads the frames of an HTTP/2 connection in passing, in pieces of any size, and reports the few that say how it may be used.
/// Allocates nothing after construction. Frame layout: RFC 9113 section 4.1.</summary>
/// <param name="sink">Who hears of it.</param>
internal sealed class FrameScanner(IFrameSink sink)
{
    /// <summary>The most bytes of a GOAWAY's debug data that are kept.</summary>
    public const int MaxDebugData = 256;

    private const int HeaderLength = 9;
    private const int SettingLength = 6;
    private const int GoAwayPrefix = 8;
    private const byte ResetFrame = 3;
    private const byte SettingsFrame = 4;
    private const byte GoAwayFrame = 7;
    private const byte AckFlag = 1;
    private const ushort MaxConcurrentStreamsSetting = 3;

    private readonly byte[] _kept = new byte[GoAwayPrefix + MaxDebugData];
    private int _keptCount;
    private bool _inPayload;
    private int _payloadLeft;
    private byte _type;
    private byte _flags;
    private uint? _maxConcurrentStreams;

    /// <summary>Reads the next bytes that came.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = _inPayload ? ReadPayload(bytes) : ReadHeader(bytes);
    }

    private ReadOnlySpan<byte> ReadHeader(ReadOnlySpan<byte> bytes)
    {
        // Most headers arrive whole: those are read where they lie.
        if (_keptCount == 0 && bytes.Length >= HeaderLength)
        {
            BeginFrame(bytes);
            return bytes[HeaderLength..];
        }
        bytes = Keep(bytes, HeaderLength);
        if (_keptCount == HeaderLength)
            BeginFrame(_kept);
        return bytes;
    }

    private void BeginFrame(ReadOnlySpan<byte> header)
    {
        _payloadLeft = (header[0] << 16) | (header[1] << 8) | header[2];
        _type = header[3];
        _flags = header[4];
        _keptCount = 0;
        _maxConcurrentStreams = null;
        _inPayload = true;
        if (_payloadLeft == 0)
            EndFrame();
    }

    private ReadOnlySpan<byte> ReadPayload(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, _payloadLeft);
        var payload = bytes[..taken];
        switch (_type)
        {
            case SettingsFrame:
                ReadSettings(payload);
                break;
            case GoAwayFrame or ResetFrame:
                Keep(payload, _kept.Length);
                break;
        }
        _payloadLeft -= taken;
        if (_payloadLeft == 0)
            EndFrame();
        return bytes[taken..];
    }

    private void ReadSettings(ReadOnlySpan<byte> payload)
    {
        while (payload.Length > 0)
        {
            payload = Keep(payload, SettingLength);
            if (_keptCount < SettingLength)
                return;
            _keptCount = 0;
            if (BinaryPrimitives.ReadUInt16BigEndian(_kept) == MaxConcurrentStreamsSetting)
                _maxConcurrentStreams = BinaryPrimitives.ReadUInt32BigEndian(_kept.AsSpan(2));
        }
    }

    private void EndFrame()
    {
        _inPayload = false;
        var kept = _kept.AsSpan(0, _keptCount);
        _keptCount = 0;
        switch (_type)
        {
            case SettingsFrame when (_flags & AckFlag) == 0:
                sink.OnSettings(_maxConcurrentStreams);
                break;
            case GoAwayFrame when kept.Length >= GoAwayPrefix:
                sink.OnGoAway(BinaryPrimitives.ReadInt32BigEndian(kept) & int.MaxValue, kept[GoAwayPrefix..]);
                break;
            case ResetFrame when kept.Length >= sizeof(uint):
                sink.OnReset(BinaryPrimitives.ReadUInt32BigEndian(kept));
                break;
        }
    }

    /// <summary>Keeps bytes until there are <paramref name="count"/>; answers the rest.</summary>
    private ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> bytes, int count)
    {
        var taken = Math.Min(bytes.Length, count - _keptCount);
        bytes[..taken].CopyTo(_kept.AsSpan(_keptCount));
        _keptCount += taken;
        return bytes[taken..];
    }
}
