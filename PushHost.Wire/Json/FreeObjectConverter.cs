using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.Wire;

/// <summary>Reads free JSON as one piece: the serializer itself would make a document of its own for every member, and a body may have a hundred
/// thousand.</summary>
internal sealed class FreeObjectConverter : JsonConverter<Dictionary<string, object?>>
{
    public override Dictionary<string, object?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new WireFormatException("an object");
        var whole = JsonElement.ParseValue(ref reader);
        var members = new Dictionary<string, object?>();
        foreach (var member in whole.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value.ValueKind == JsonValueKind.Null ? null : member.Value))
                throw new DuplicateMemberException(member.Name);
            if (DuplicateIn(member) is { } path)
                throw new DuplicateMemberException(path);
        }
        return members;
    }

    public override void Write(Utf8JsonWriter writer, Dictionary<string, object?> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in value)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, member, options);
        }
        writer.WriteEndObject();
    }

    /// <summary>The path of the first member that is given twice; null if there is none.</summary>
    private static string? DuplicateIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => DuplicateMember(element),
        JsonValueKind.Array => DuplicateInEntries(element),
        _ => null,
    };

    private static string? DuplicateMember(JsonElement element)
    {
        var names = new HashSet<string>();
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Add(member.Name))
                return member.Name;
            if (DuplicateIn(member) is { } path)
                return path;
        }
        return null;
    }

    private static string? DuplicateIn(JsonProperty member) =>
        DuplicateIn(member.Value) is not { } path ? null : path.StartsWith('[') ? member.Name + path : $"{member.Name}.{path}";

    private static string? DuplicateInEntries(JsonElement element)
    {
        var index = 0;
        foreach (var entry in element.EnumerateArray())
        {
            if (DuplicateIn(entry) is { } path)
                return path.StartsWith('[') ? $"[{index}]{path}" : $"[{index}].{path}";
            index++;
        }
        return null;
    }
}
