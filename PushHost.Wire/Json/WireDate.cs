using System.Globalization;

namespace PushHost.Wire;

/// <summary>Moments as clients write them: ISO 8601 in its calendar forms, basic or extended, with or without time, fraction and offset,
/// and ServiceStack.Text's <c>/Date(milliseconds+hhmm)/</c>, whose offset only says how to show the moment.</summary>
/// <remarks>Without an offset a time is UTC. What is below 100 ns is cut off.</remarks>
internal static class WireDate
{
    public const string Expected = "a date and time such as 2026-01-02T03:04:05Z";

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        if (text.StartsWith("/Date(") && text.EndsWith(")/"))
            return TryParseEpoch(text[6..^2], out value);
        return TryParseIso(text, out value) || TryParseBrowser(text, out value);
    }

    /// <summary>Writes UTC with no fraction, milliseconds or 100 ns, whichever is enough.</summary>
    public static int Format(DateTime utc, Span<byte> utf8)
    {
        DateTime.SpecifyKind(utc, DateTimeKind.Utc).TryFormat(utf8, out _, "O", CultureInfo.InvariantCulture);
        var length = (utc.Ticks % TimeSpan.TicksPerSecond, utc.Ticks % TimeSpan.TicksPerMillisecond) switch
        {
            (0, _) => 19,
            (_, 0) => 23,
            _ => 27,
        };
        utf8[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>The ticks of a decimal fraction of a second, given its digits.</summary>
    public static long FractionTicks(ReadOnlySpan<char> digits)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++)
            ticks = ticks * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        return ticks;
    }

    private static bool TryParseEpoch(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        var sign = text.IsEmpty ? -1 : text[1..].IndexOfAny('+', '-') + 1;
        var offset = TimeSpan.Zero;
        if (sign > 0 && !TryParseOffset(text[sign..], out offset))
            return false;
        return long.TryParse(sign > 0 ? text[..sign] : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var milliseconds)
            && milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && TryMake(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).Ticks + offset.Ticks, offset, out value);
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        var extended = text.Length > 4 && text[4] == '-';
        if (!TakeNumber(ref text, 4, out var year) || !TakeSeparator(ref text, '-', extended) || !TakeNumber(ref text, 2, out var month)
            || !TakeSeparator(ref text, '-', extended) || !TakeNumber(ref text, 2, out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var ticks = new DateTime(year, month, day).Ticks;
        var offset = TimeSpan.Zero;
        if (!text.IsEmpty && !(text[0] is 'T' or 't' or ' ' && TryParseTime(text[1..], ref ticks, out offset)))
            return false;
        return TryMake(ticks, offset, out value);
    }

    private static bool TryParseTime(ReadOnlySpan<char> text, ref long ticks, out TimeSpan offset)
    {
        offset = default;
        if (!TakeNumber(ref text, 2, out var hour))
            return false;
        var extended = !text.IsEmpty && text[0] == ':';
        if (!TakeSeparator(ref text, ':', extended) || !TakeNumber(ref text, 2, out var minute) || hour > 23 || minute > 59)
            return false;
        ticks += hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute;
        if (!text.IsEmpty && (extended ? text[0] == ':' : char.IsAsciiDigit(text[0])))
        {
            if (!TakeSeparator(ref text, ':', extended) || !TakeNumber(ref text, 2, out var second) || second > 59)
                return false;
            ticks += second * TimeSpan.TicksPerSecond;
            if (!text.IsEmpty && text[0] is '.' or ',')
            {
                var rest = text[1..];
                var end = rest.IndexOfAnyExceptInRange('0', '9') is var stop && stop < 0 ? rest.Length : stop;
                if (end == 0)
                    return false;
                ticks += FractionTicks(rest[..end]);
                text = rest[end..];
            }
        }
        return text.IsEmpty || text is "Z" or "z" || TryParseOffset(text, out offset);
    }

    // A plus that nobody encoded arrives in a query as a blank.
    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        var negative = text[0] == '-';
        if (text[0] is not ('+' or '-' or ' '))
            return false;
        text = text[1..];
        if (!TakeNumber(ref text, 2, out var hours))
            return false;
        if (text.StartsWith(":"))
            text = text[1..];
        var minutes = 0;
        if (!text.IsEmpty && !TakeNumber(ref text, 2, out minutes))
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (negative)
            offset = -offset;
        return text.IsEmpty && minutes < 60 && offset.Duration() <= TimeSpan.FromHours(14);
    }

    // JavaScript's Date.toString(), which the TypeScript client puts into queries: Fri Jan 02 2026 03:04:05 GMT+0100 (Central European …).
    private static bool TryParseBrowser(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        var zone = text.IndexOf(" GMT");
        if (zone < 0
            || !DateTime.TryParseExact(text[..zone], "ddd MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var local))
            return false;
        var end = text[(zone + 4)..].IndexOf(" (");
        var offsetText = end < 0 ? text[(zone + 4)..] : text.Slice(zone + 4, end);
        return !offsetText.IsEmpty && TryParseOffset(offsetText, out var offset) && TryMake(local.Ticks, offset, out value);
    }

    private static bool TryMake(long localTicks, TimeSpan offset, out DateTimeOffset value)
    {
        var utc = localTicks - offset.Ticks;
        var fits = InRange(localTicks) && InRange(utc);
        value = fits ? new(localTicks, offset) : default;
        return fits;
    }

    private static bool InRange(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits || text[..digits].ContainsAnyExceptInRange('0', '9'))
            return false;
        foreach (var digit in text[..digits])
            number = number * 10 + (digit - '0');
        text = text[digits..];
        return true;
    }

    private static bool TakeSeparator(ref ReadOnlySpan<char> text, char separator, bool expected)
    {
        if (!expected)
            return true;
        if (text.IsEmpty || text[0] != separator)
            return false;
        text = text[1..];
        return true;
    }
}
