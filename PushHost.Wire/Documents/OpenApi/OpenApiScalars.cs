using System.Reflection;
using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>How single values travel, in JSON Schema.</summary>
internal static class OpenApiScalars
{
    private static readonly Dictionary<Type, (string Type, string? Format)> Known = new()
    {
        [typeof(string)] = ("string", null), [typeof(char)] = ("string", null), [typeof(bool)] = ("boolean", null),
        [typeof(byte)] = ("integer", "int32"), [typeof(sbyte)] = ("integer", "int32"), [typeof(short)] = ("integer", "int32"),
        [typeof(ushort)] = ("integer", "int32"), [typeof(int)] = ("integer", "int32"), [typeof(uint)] = ("integer", "int64"),
        [typeof(long)] = ("integer", "int64"), [typeof(ulong)] = ("integer", "int64"), [typeof(float)] = ("number", "float"),
        [typeof(double)] = ("number", "double"), [typeof(decimal)] = ("number", "double"), [typeof(DateTime)] = ("string", "date-time"),
        [typeof(DateTimeOffset)] = ("string", "date-time"), [typeof(DateOnly)] = ("string", "date"), [typeof(TimeSpan)] = ("string", "duration"),
        [typeof(TimeOnly)] = ("string", "duration"), [typeof(Guid)] = ("string", "uuid"),
    };

    public static JsonObject Of(Type type)
    {
        if (type == typeof(byte[]))
            return new() { ["type"] = "string", ["contentEncoding"] = "base64" };
        // Text, where nothing more is known of its form, such as a URI.
        var (name, format) = Known.GetValueOrDefault(type, ("string", null));
        var schema = new JsonObject { ["type"] = name };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    /// <summary>Adds the limits of a member to its schema.</summary>
    public static void Limit(JsonObject schema, ApiMember member)
    {
        if (member.Property.GetCustomAttribute<LimitsAttribute>() is not { } limits)
            return;
        var isList = member.Type.IsList;
        if (limits.MinLength > 0)
            schema[isList ? "minItems" : "minLength"] = limits.MinLength;
        if (limits.MaxLength > 0)
            schema[isList ? "maxItems" : "maxLength"] = limits.MaxLength;
        var value = isList ? (JsonObject)schema["items"]! : schema;
        if (!double.IsNaN(limits.Min))
            value["minimum"] = limits.Min;
        if (!double.IsNaN(limits.Max))
            value["maximum"] = limits.Max;
        if (limits.Pattern is { } pattern)
            value["pattern"] = pattern;
    }
}
