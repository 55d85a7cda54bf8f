using System.Buffers.Binary;

namespace PushHost.Simulator.Http2;

/// <summary>The parts of HTTP/2 framing (RFC 9113, section 4 and 6) that the gate reads and writes.</summary>
internal readonly record struct Http2Frame(int Length, byte Type, byte Flags, int StreamId)
{
    public const int HeaderLength = 9;
    public const int PrefaceLength = 24;

    public const byte Data = 0x0;
    public const byte Headers = 0x1;
    public const byte Reset = 0x3;
    public const byte Settings = 0x4;
    public const byte GoAway = 0x7;

    private const byte Acknowledgement = 0x1;
    private const byte EndStreamFlag = 0x1;
    private const ushort MaxConcurrentStreams = 0x3;

    public bool IsSettings => Type == Settings && (Flags & Acknowledgement) == 0;

    public bool IsSettingsAcknowledgement => Type == Settings && (Flags & Acknowledgement) != 0;

    public bool EndsStream => Type == Reset || (Type is Data or Headers && (Flags & EndStreamFlag) != 0);

    public static Http2Frame Read(ReadOnlySpan<byte> header) => new(
        (header[0] << 16) | (header[1] << 8) | header[2],
        header[3],
        header[4],
        BinaryPrimitives.ReadInt32BigEndian(header[5..]) & 0x7fffffff);

    public static byte[] MakeSettings(int maxConcurrentStreams)
    {
        var frame = Make(Settings, 0, payloadLength: 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(HeaderLength), MaxConcurrentStreams);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(HeaderLength + 2), maxConcurrentStreams);
        return frame;
    }

    public static byte[] MakeGoAway(int lastStreamId, ReadOnlySpan<byte> debugData)
    {
        var frame = Make(GoAway, 0, 8 + debugData.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(HeaderLength), lastStreamId);
        debugData.CopyTo(frame.AsSpan(HeaderLength + 8));
        return frame;
    }

    /// <summary>Replaces the stream limit in a SETTINGS payload. False if the payload states none.</summary>
    public static bool TryReplaceStreamLimit(Span<byte> settings, int limit)
    {
        for (; settings.Length >= 6; settings = settings[6..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(settings) != MaxConcurrentStreams)
                continue;
            BinaryPrimitives.WriteInt32BigEndian(settings[2..], limit);
            return true;
        }
        return false;
    }

    private static byte[] Make(byte type, int streamId, int payloadLength)
    {
        var frame = new byte[HeaderLength + payloadLength];
        frame[0] = (byte)(payloadLength >> 16);
        frame[1] = (byte)(payloadLength >> 8);
        frame[2] = (byte)payloadLength;
        frame[3] = type;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        return frame;
    }
}
