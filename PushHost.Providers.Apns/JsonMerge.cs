using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushHost.Providers.Apns;

/// <summary>Copies callers' JSON into ours, member by member; where both have an object the members are merged, else theirs wins.
/// JSON that no gateway could read (text that is not Unicode) is refused by field.</summary>
internal static class JsonMerge
{
    /// <summary>The element, which must be an object.</summary>
    public static JsonElement Object(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Object ? value : throw new MessageInvalidException(field, "must be a JSON object");

    /// <summary>The members of an object, by readable name.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string field)
    {
        foreach (var member in Object(value, field).EnumerateObject())
            yield return (Readable(() => member.Name, field), member.Value);
    }

    /// <summary>The text of a JSON string.</summary>
    public static string Text(JsonElement value, string field) => Readable(() => value.GetString()!, field);

    /// <summary>Writes the members of <paramref name="source"/> over those of <paramref name="target"/>.</summary>
    public static void Into(JsonObject target, JsonElement source, string field)
    {
        foreach (var (name, value) in Members(source, field))
        {
            if (value.ValueKind == JsonValueKind.Object && target[name] is JsonObject ours)
                Into(ours, value, $"{field}.{name}");
            else
                target[name] = Copy(value, $"{field}.{name}");
        }
    }

    private static JsonNode? Copy(JsonElement value, string field)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                Into(members, value, field);
                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(item => Copy(item, field))]);
            case JsonValueKind.String:
                return JsonValue.Create(Text(value, field));
            case JsonValueKind.Null:
                return null;
            default:
                // Numbers keep their spelling.
                return JsonValue.Create(value);
        }
    }

    private static string Readable(Func<string> read, string field)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new MessageInvalidException(field, "holds text that is not valid Unicode (half of a surrogate pair)");
        }
    }
}
