namespace PushHost.Wire;

/// <summary>Reads every form of <see cref="WireDate"/>; a time without an offset is taken as UTC.</summary>
internal sealed class DateTimeOffsetConverter : TextConverter<DateTimeOffset>
{
    protected override string Expected => WireDate.Expected;

    protected override bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value) => WireDate.TryParse(text, out value);

    protected override int Format(DateTimeOffset value, Span<byte> utf8) => WireDate.Format(value.UtcDateTime, utf8);
}

/// <summary>As <see cref="DateTimeOffsetConverter"/>; what is read is UTC, and what is written without a kind counts as UTC.</summary>
internal sealed class DateTimeConverter : TextConverter<DateTime>
{
    protected override string Expected => WireDate.Expected;

    protected override bool TryParse(ReadOnlySpan<char> text, out DateTime value)
    {
        var parsed = WireDate.TryParse(text, out var moment);
        value = moment.UtcDateTime;
        return parsed;
    }

    protected override int Format(DateTime value, Span<byte> utf8) =>
        WireDate.Format(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value, utf8);
}

internal sealed class DurationConverter : TextConverter<TimeSpan>
{
    protected override string Expected => XsdDuration.Expected;

    protected override bool TryParse(ReadOnlySpan<char> text, out TimeSpan value) => XsdDuration.TryParse(text, out value);

    protected override int Format(TimeSpan value, Span<byte> utf8) => XsdDuration.Format(value, utf8);
}

/// <summary>ServiceStack's clients send and read a time of day as the duration since midnight.</summary>
internal sealed class TimeOfDayConverter : TextConverter<TimeOnly>
{
    public const string Form = "a time of day such as PT5H6M7S or 05:06:07";

    protected override string Expected => Form;

    public static bool TryRead(ReadOnlySpan<char> text, out TimeOnly value)
    {
        var parsed = XsdDuration.TryParse(text, out var sinceMidnight)
            && sinceMidnight >= TimeSpan.Zero && sinceMidnight < TimeSpan.FromDays(1);
        value = parsed ? TimeOnly.FromTimeSpan(sinceMidnight) : default;
        return parsed || TimeOnly.TryParseExact(text, "HH:mm", out value);
    }

    protected override bool TryParse(ReadOnlySpan<char> text, out TimeOnly value) => TryRead(text, out value);

    protected override int Format(TimeOnly value, Span<byte> utf8) => XsdDuration.Format(value.ToTimeSpan(), utf8);
}
