using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml;

namespace PushHost.Tests.Wire;

/// <summary>Writes JSV the way ServiceStack's .NET clients do, to test what reads it.</summary>
internal static class JsvWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",:{}[]\"\r\n");

    /// <summary>A member's value in a query: a list without its brackets, text as it is.</summary>
    public static string Top(object value) => value switch
    {
        string text => text,
        byte[] => Nested(value),
        IDictionary => Nested(value),
        IList { Count: 0 } => "[]",
        IList list => Nested(list)[1..^1],
        _ => Nested(value),
    };

    public static string Nested(object? value) => value switch
    {
        null => "",
        string text => Quote(text),
        bool flag => flag ? "True" : "False",
        byte[] bytes => Convert.ToBase64String(bytes),
        Guid guid => guid.ToString("N"),
        TimeSpan span => XmlConvert.ToString(span),
        TimeOnly time => XmlConvert.ToString(time.ToTimeSpan()),
        DateTime date => date.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Caps caps => ((int)caps).ToString(CultureInfo.InvariantCulture),
        Place place => place == Place.Second ? "second-one" : "First",
        IDictionary map => "{" + string.Join(",", map.Keys.Cast<object>().Select(key => $"{Nested(key)}:{Nested(map[key])}")) + "}",
        IList list => "[" + string.Join(",", list.Cast<object>().Select(Nested)) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "{" + string.Join(",", MembersOf(value).Select(pair => $"{pair.Key}:{Nested(pair.Value)}")) + "}",
    };

    public static string Query(object request) =>
        "?" + string.Join("&", MembersOf(request).Select(pair => $"{pair.Key}={Uri.EscapeDataString(Top(pair.Value))}"));

    private static IEnumerable<KeyValuePair<string, object>> MembersOf(object value) =>
        from property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let member = property.GetValue(value)
        where member is not null
        select KeyValuePair.Create(property.Name == "Renamed" ? "other_name" : property.Name, member);

    private static string Quote(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
