using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace PushHost.Simulator.Fcm;

/// <summary>A field's type in the JSON form of protocol buffers: which values it takes.</summary>
internal abstract class FieldType
{
    public static readonly FieldType String = new Scalar("TYPE_STRING", value => value.ValueKind == JsonValueKind.String);

    public static readonly FieldType Bool = new Scalar("TYPE_BOOL", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);

    /// <summary>A number or, as the JSON form allows, its text.</summary>
    public static readonly FieldType Int32 = new Scalar("TYPE_INT32", value =>
        (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _))
        || (value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)));

    public static readonly FieldType Float = new Scalar("TYPE_FLOAT", value => value.ValueKind == JsonValueKind.Number);

    public static readonly FieldType Duration = new Scalar("type.googleapis.com/google.protobuf.Duration", value =>
        value.ValueKind == JsonValueKind.String && Durations.TryParse(value.GetString()!, out _));

    public static readonly FieldType Timestamp = new Scalar("type.googleapis.com/google.protobuf.Timestamp", value =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _));

    public static readonly FieldType StringMap = new Map();

    /// <summary>Any JSON object.</summary>
    public static readonly FieldType Struct = new Scalar(
        "type.googleapis.com/google.protobuf.Struct", value => value.ValueKind == JsonValueKind.Object);

    /// <returns>The first violation, its field relative to the value; null if the value is right.</returns>
    public abstract FieldViolation? Check(JsonElement value, string path);

    public static FieldType Enum(string type, params string[] values) => new Scalar(
        $"type.googleapis.com/google.firebase.fcm.v1.{type}",
        value => value.ValueKind == JsonValueKind.String && values.Contains(value.GetString(), StringComparer.OrdinalIgnoreCase));

    public static FieldType List(FieldType element) => new Repeated(element);

    /// <summary>An object of known members, named in snake_case here and accepted in lowerCamelCase too.</summary>
    public static FieldType Object(params (string Name, FieldType Type)[] members) => new Message(members);

    public static string ToCamelCase(string name) => string.Concat(
        name.Split('_').Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static FieldViolation Wrong(string path, string type, JsonElement value) =>
        new(path, $"Invalid value at '{path}' ({type}), {value.GetRawText()}");

    private sealed class Scalar(string type, Func<JsonElement, bool> accepts) : FieldType
    {
        public override FieldViolation? Check(JsonElement value, string path) => accepts(value) ? null : Wrong(path, type, value);
    }

    private sealed class Repeated(FieldType element) : FieldType
    {
        public override FieldViolation? Check(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.Array)
                return Wrong(path, "repeated field", value);
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (element.Check(item, $"{path}[{index++}]") is { } violation)
                    return violation;
            }
            return null;
        }
    }

    private sealed class Map : FieldType
    {
        public override FieldViolation? Check(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.Object)
                return Wrong(path, "map<string, string>", value);
            var index = 0;
            foreach (var entry in value.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.String)
                    return Wrong($"{path}[{index}].value", "TYPE_STRING", entry.Value);
                index++;
            }
            return null;
        }
    }

    private sealed class Message : FieldType
    {
        private readonly FrozenDictionary<string, FieldType> _members;

        public Message((string Name, FieldType Type)[] members)
        {
            var byName = new Dictionary<string, FieldType>();
            foreach (var (name, type) in members)
            {
                byName[name] = type;
                byName[ToCamelCase(name)] = type;
            }
            _members = byName.ToFrozenDictionary();
        }

        public override FieldViolation? Check(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.Object)
                return Wrong(path, "object", value);
            foreach (var member in value.EnumerateObject())
            {
                if (!_members.TryGetValue(member.Name, out var type))
                {
                    var at = path.Length == 0 ? "" : $" at '{path}'";
                    return new(path, $"Invalid JSON payload received. Unknown name \"{member.Name}\"{at}: Cannot find field.");
                }
                // The JSON form takes null for absent.
                if (member.Value.ValueKind == JsonValueKind.Null)
                    continue;
                if (type.Check(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}") is { } violation)
                    return violation;
            }
            return null;
        }
    }
}
