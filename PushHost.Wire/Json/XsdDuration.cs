using System.Buffers;
using System.Globalization;

namespace PushHost.Wire;

/// <summary>Durations as XML Schema writes them: <c>PT1H30M</c>, <c>P2DT3H</c>, <c>-PT0.5S</c>.</summary>
/// <remarks>Years and months have no fixed length, so they are refused. Reading also takes <c>[d.]hh:mm:ss[.fffffff]</c>.
/// What is below 100 ns is cut off.</remarks>
internal static class XsdDuration
{
    public const string Expected = "a duration in days, hours, minutes and seconds such as PT1H30M or P2D";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        if (text.Contains(':'))
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value);
        var negative = text.StartsWith("-");
        if (negative)
            text = text[1..];
        if (text.Length < 3 || text[0] != 'P' || !TryParseTicks(text[1..], out var ticks) || ticks > (negative ? 1UL << 63 : long.MaxValue))
            return false;
        value = new(negative ? unchecked(-(long)ticks) : (long)ticks);
        return true;
    }

    public static int Format(TimeSpan value, Span<byte> utf8)
    {
        var ticks = value.Ticks < 0 ? unchecked((ulong)-value.Ticks) : (ulong)value.Ticks;
        var length = 0;
        if (value.Ticks < 0)
            utf8[length++] = (byte)'-';
        utf8[length++] = (byte)'P';
        Append(utf8, ref length, ticks / TimeSpan.TicksPerDay, 'D');
        ticks %= TimeSpan.TicksPerDay;
        if (ticks == 0 && value != TimeSpan.Zero)
            return length;
        utf8[length++] = (byte)'T';
        Append(utf8, ref length, ticks / TimeSpan.TicksPerHour, 'H');
        Append(utf8, ref length, ticks / TimeSpan.TicksPerMinute % 60, 'M');
        AppendSeconds(utf8, ref length, ticks % TimeSpan.TicksPerMinute, zero: value == TimeSpan.Zero);
        return length;
    }

    private static bool TryParseTicks(ReadOnlySpan<char> text, out ulong ticks)
    {
        ticks = 0;
        var units = "DTHMS".AsSpan();
        var parts = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == 'T')
            {
                // A second T, and a T with nothing behind it, are errors.
                if (!units.Contains('T') || text.Length == 1)
                    return false;
                units = "HMS";
                text = text[1..];
                continue;
            }
            var end = text.IndexOfAnyExcept(Digits);
            if (end < 1 || units.IndexOf(text[end]) is var unit && (unit < 0 || (text[end] != 'D' && units.Contains('T'))))
                return false;
            if (!TryAdd(text[..end], text[end], ref ticks))
                return false;
            units = units[(unit + 1)..];
            text = text[(end + 1)..];
            parts++;
        }
        return parts > 0;
    }

    private static bool TryAdd(ReadOnlySpan<char> number, char unit, ref ulong ticks)
    {
        var point = number.IndexOf('.');
        var fraction = point < 0 ? [] : number[(point + 1)..];
        var whole = point < 0 ? number : number[..point];
        if (point >= 0 && (unit != 'S' || fraction.IsEmpty || fraction.Contains('.')))
            return false;
        if (!ulong.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var length = (ulong)(unit switch
        {
            'D' => TimeSpan.TicksPerDay,
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            _ => TimeSpan.TicksPerSecond,
        });
        var sum = (UInt128)ticks + (UInt128)count * length + (UInt128)WireDate.FractionTicks(fraction);
        ticks = (ulong)UInt128.Min(sum, ulong.MaxValue);
        return true;
    }

    private static void Append(Span<byte> utf8, ref int length, ulong count, char unit)
    {
        if (count == 0)
            return;
        count.TryFormat(utf8[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        utf8[length++] = (byte)unit;
    }

    private static void AppendSeconds(Span<byte> utf8, ref int length, ulong ticks, bool zero)
    {
        if (ticks == 0 && !zero)
            return;
        (ticks / TimeSpan.TicksPerSecond).TryFormat(utf8[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        var fraction = ticks % TimeSpan.TicksPerSecond;
        if (fraction != 0)
        {
            utf8[length++] = (byte)'.';
            fraction.TryFormat(utf8[length..], out written, "D7", CultureInfo.InvariantCulture);
            length += written;
            while (utf8[length - 1] == '0')
                length--;
        }
        utf8[length++] = (byte)'S';
    }
}
