using System.Globalization;
using System.Text.Json;

namespace PushHost.Tests.Documents;

/// <summary>Compares an answer with the one a document shows: the same members and values, but for moments in time, which only have to be moments.</summary>
internal static class JsonShape
{
    /// <summary>What differs first; null when nothing does.</summary>
    public static string? Difference(JsonElement shown, JsonElement got, string path = "$")
    {
        if (shown.ValueKind != got.ValueKind)
            return $"{path} is {got.ValueKind}, and the document shows {shown.ValueKind}";
        return shown.ValueKind switch
        {
            JsonValueKind.Object => Members(shown, got, path),
            JsonValueKind.Array => Items(shown, got, path),
            JsonValueKind.String when IsTime(shown) && IsTime(got) => null,
            _ => shown.GetRawText() == got.GetRawText() ? null : $"{path} is {got.GetRawText()}, and the document shows {shown.GetRawText()}",
        };
    }

    private static string? Members(JsonElement shown, JsonElement got, string path)
    {
        var names = shown.EnumerateObject().Select(member => member.Name).ToHashSet();
        if (got.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !names.Contains(name)) is { } extra)
            return $"{path}.{extra} is not in the document";
        return shown.EnumerateObject()
            .Select(member => got.TryGetProperty(member.Name, out var value)
                ? Difference(member.Value, value, $"{path}.{member.Name}")
                : $"{path}.{member.Name} is in the document only")
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? Items(JsonElement shown, JsonElement got, string path) => shown.GetArrayLength() != got.GetArrayLength()
        ? $"{path} has {got.GetArrayLength()} entries, and the document shows {shown.GetArrayLength()}"
        : shown.EnumerateArray().Zip(got.EnumerateArray()).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]"))
            .FirstOrDefault(difference => difference is not null);

    private static bool IsTime(JsonElement value) =>
        DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && value.GetString()!.EndsWith('Z');
}
