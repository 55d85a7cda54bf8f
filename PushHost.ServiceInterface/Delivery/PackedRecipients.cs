namespace PushHost.ServiceInterface.Delivery;

/// <summary>The recipients of a batch in one column: ids in rising order as differences, each followed by the owner epoch where it matters,
/// all as variable-length numbers of 7 bits a byte. About two bytes a recipient.</summary>
internal sealed record PackedRecipients(long[] Devices, long[]? OwnerEpochs)
{
    private const byte WithoutEpochs = 0;
    private const byte WithEpochs = 1;

    public byte[] Pack()
    {
        using var buffer = new MemoryStream(Devices.Length * 3);
        buffer.WriteByte(OwnerEpochs is null ? WithoutEpochs : WithEpochs);
        Write(buffer, Devices.Length);
        var previous = 0L;
        for (var i = 0; i < Devices.Length; i++)
        {
            Write(buffer, Devices[i] - previous);
            previous = Devices[i];
            if (OwnerEpochs is not null)
                Write(buffer, OwnerEpochs[i]);
        }
        return buffer.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not what <see cref="Pack"/> makes.</exception>
    public static PackedRecipients Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] > WithEpochs)
            throw new FormatException("packed recipients start with 0 or 1");
        var withEpochs = bytes[0] == WithEpochs;
        var at = 1;
        var count = Read(bytes, ref at);
        if (count > bytes.Length)
            throw new FormatException("packed recipients are cut short");
        var devices = new long[count];
        var epochs = withEpochs ? new long[count] : null;
        var previous = 0L;
        for (var i = 0; i < devices.Length; i++)
        {
            previous += Read(bytes, ref at);
            devices[i] = previous;
            if (epochs is not null)
                epochs[i] = Read(bytes, ref at);
        }
        if (at != bytes.Length)
            throw new FormatException("packed recipients go on behind their end");
        return new PackedRecipients(devices, epochs);
    }

    private static void Write(MemoryStream buffer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value >= 0x80; value >>= 7)
            buffer.WriteByte((byte)(value | 0x80));
        buffer.WriteByte((byte)value);
    }

    private static long Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            if (at >= bytes.Length)
                throw new FormatException("packed recipients are cut short");
            var next = bytes[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new FormatException("packed recipients hold a number of more than 63 bits");
    }
}
