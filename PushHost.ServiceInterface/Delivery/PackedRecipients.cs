namespace PushHost.ServiceInterface.Delivery;

/// <summary>The recipients of a batch in one column: how many, and their ids in rising order as differences, all as variable-length numbers of 7 bits
/// a byte. One or two bytes a recipient.</summary>
internal static class PackedRecipients
{
    /// <param name="devices">Ids above 0, rising.</param>
    public static byte[] Pack(ReadOnlySpan<long> devices)
    {
        using var buffer = new MemoryStream(devices.Length * 2 + 4);
        Write(buffer, devices.Length);
        var previous = 0L;
        foreach (var device in devices)
        {
            Write(buffer, device - previous);
            previous = device;
        }
        return buffer.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not what <see cref="Pack"/> makes.</exception>
    public static long[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var count = Read(bytes, ref at);
        if (count > bytes.Length)
            throw new FormatException("packed recipients are cut short");
        var devices = new long[count];
        var previous = 0L;
        for (var i = 0; i < devices.Length; i++)
            devices[i] = previous += Read(bytes, ref at);
        return at == bytes.Length ? devices : throw new FormatException("packed recipients go on behind their end");
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
