using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace PushHost.Wire;

internal delegate bool ScalarParser(ReadOnlySpan<char> text, out object? value);

/// <summary>A value that is one piece of text in a path or query.</summary>
/// <param name="TryParse">Reads it.</param>
/// <param name="Expected">What would have been right, for the message of an error.</param>
internal sealed record Scalar(ScalarParser TryParse, string Expected)
{
    private delegate bool Parser<T>(ReadOnlySpan<char> text, out T value);

    private static readonly Dictionary<Type, Scalar> Known = new()
    {
        [typeof(string)] = new((ReadOnlySpan<char> text, out object? value) => (value = text.ToString()) is not null, "text"),
        [typeof(bool)] = Of<bool>(TryBool, "true or false"),
        [typeof(char)] = Of(
            (ReadOnlySpan<char> text, out char value) => (value = text.IsEmpty ? default : text[0]) != default && text.Length == 1,
            "one character"),
        [typeof(byte)] = Whole<byte>(),
        [typeof(sbyte)] = Whole<sbyte>(),
        [typeof(short)] = Whole<short>(),
        [typeof(ushort)] = Whole<ushort>(),
        [typeof(int)] = Whole<int>(),
        [typeof(uint)] = Whole<uint>(),
        [typeof(long)] = Whole<long>(),
        [typeof(ulong)] = Whole<ulong>(),
        [typeof(float)] = Of((ReadOnlySpan<char> text, out float value) => TryNumber(text, out value) && float.IsFinite(value), "a number"),
        [typeof(double)] = Of(
            (ReadOnlySpan<char> text, out double value) => TryNumber(text, out value) && double.IsFinite(value),
            "a number"),
        [typeof(decimal)] = Of<decimal>(TryNumber, "a number"),
        [typeof(DateTimeOffset)] = Of<DateTimeOffset>(WireDate.TryParse, WireDate.Expected),
        [typeof(DateTime)] = Of<DateTime>(TryDateTime, WireDate.Expected),
        [typeof(DateOnly)] = Of(
            (ReadOnlySpan<char> text, out DateOnly value) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out value),
            "a date such as 2026-01-02"),
        [typeof(TimeOnly)] = Of<TimeOnly>(TimeOfDayConverter.TryRead, TimeOfDayConverter.Form),
        [typeof(TimeSpan)] = Of<TimeSpan>(XsdDuration.TryParse, XsdDuration.Expected),
        [typeof(Guid)] = Of<Guid>(GuidConverter.TryRead, GuidConverter.Form),
        [typeof(Uri)] = Of<Uri?>(
            (ReadOnlySpan<char> text, out Uri? value) => Uri.TryCreate(text.ToString(), UriKind.RelativeOrAbsolute, out value),
            "a URI"),
        [typeof(byte[])] = Of<byte[]?>(TryBase64, "base64"),
    };

    /// <summary>The scalar of a type; null if the type isn't one.</summary>
    public static Scalar? For(Type type)
    {
        if (Known.TryGetValue(type, out var known))
            return known;
        return type.IsEnum
            ? (Scalar)typeof(Scalar).GetMethod(nameof(OfEnum), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, null)!
            : null;
    }

    private static Scalar OfEnum<T>()
        where T : struct, Enum => Of<T>(EnumNames<T>.TryParse, EnumNames<T>.Expected);

    private static Scalar Whole<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Of(
            (ReadOnlySpan<char> text, out T value) =>
                T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {T.MinValue} to {T.MaxValue}"));

    private static Scalar Of<T>(Parser<T> parse, string expected) => new((ReadOnlySpan<char> text, out object? value) =>
    {
        var parsed = parse(text, out var typed);
        value = parsed ? typed : null;
        return parsed;
    }, expected);

    private static bool TryNumber<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, INumber<T> => T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryDateTime(ReadOnlySpan<char> text, out DateTime value)
    {
        var parsed = WireDate.TryParse(text, out var moment);
        value = moment.UtcDateTime;
        return parsed;
    }

    private static bool TryBool(ReadOnlySpan<char> text, out bool value)
    {
        value = text is "1"
            || text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("on", StringComparison.OrdinalIgnoreCase);
        return value
            || text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase)
            || text.Equals("off", StringComparison.OrdinalIgnoreCase);
    }

    // The TypeScript client leaves the plus of base64 unencoded, which makes it a blank.
    private static bool TryBase64(ReadOnlySpan<char> text, out byte[]? value)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        var parsed = Convert.TryFromBase64String(text.ToString().Replace(' ', '+'), bytes, out var count);
        value = parsed ? bytes[..count] : null;
        return parsed;
    }
}
