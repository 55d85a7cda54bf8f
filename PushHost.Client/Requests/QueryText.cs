using System.Text.Json;

namespace PushHost.Client;

/// <summary>Members as text in a query or path: JSV, ServiceStack's form, in which lists are separated by commas.</summary>
internal static class QueryText
{
    private const string Special = ",:{}[]\"\r\n";

    /// <summary>The members of a request that can stand in a query or path, by name in any case: not those that are objects, which need a body.</summary>
    public static Dictionary<string, string> MembersOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (Text(member.Value) is { } text)
                members[member.Name] = text;
        }
        return members;
    }

    public static string Join(IEnumerable<KeyValuePair<string, string>> members) =>
        string.Join("&", members.Select(member => $"{Uri.EscapeDataString(member.Key)}={Uri.EscapeDataString(member.Value)}"));

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "[]" : string.Join(",", value.EnumerateArray().Select(Entry)),
        JsonValueKind.Object or JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    private static string Entry(JsonElement value)
    {
        var text = Text(value) ?? "";
        return text.Length == 0 || text.Any(character => Special.Contains(character)) ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }
}
