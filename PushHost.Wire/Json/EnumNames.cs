using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>The words of an enum on the wire: <c>[EnumMember]</c> where it names one, else the name in camelCase. Flags travel as
/// numbers.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly bool IsFlags = typeof(T).IsDefined(typeof(FlagsAttribute));
    private static readonly Dictionary<T, string> Words = [];
    private static readonly Dictionary<string, T> Values = new(StringComparer.OrdinalIgnoreCase);

#pragma warning disable CA1810 // Two dictionaries are filled in one pass.
    static EnumNames()
    {
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var value = (T)field.GetValue(null)!;
            var word = field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name);
            Words.TryAdd(value, word);
            Values.TryAdd(word, value);
            Values.TryAdd(field.Name, value);
        }
    }
#pragma warning restore CA1810

    public static string Expected => IsFlags
        ? $"a sum of the flags of {typeof(T).Name}"
        : $"one of {string.Join(", ", Words.Where(word => !IsNoValue(word.Key)).Select(word => word.Value))}";

    /// <summary>The value's word; null where it has none, or is a sum of flags, and travels as a number.</summary>
    public static string? WordOf(T value) => IsFlags ? null : Words.GetValueOrDefault(value);

    /// <summary>Takes a word in any case, or a number that the enum has.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out T value)
    {
        if (Values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out value))
            return !IsNoValue(value);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return TryFromNumber(number, out value);
        return IsFlags && text.Contains(',') && Enum.TryParse(text, ignoreCase: true, out value);
    }

    public static bool TryFromNumber(long number, out T value)
    {
        value = (T)Enum.ToObject(typeof(T), number);
        return Number(value) == number && (IsFlags || (Words.ContainsKey(value) && !IsNoValue(value)));
    }

    // By convention the zero of an enum that has no natural one is named so; it says that nothing was said, so nobody can say it.
    private static bool IsNoValue(T value) => Number(value) == 0 && Enum.GetName(value) == "Unspecified";

    public static long Number(T value) =>
        Enum.GetUnderlyingType(typeof(T)) == typeof(ulong)
            ? unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))
            : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
