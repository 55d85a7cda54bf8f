using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace PushHost.Tests.OpenApi;

/// <summary>Checks JSON against a schema of the OpenAPI document, by the keywords that the document uses; a keyword beyond these fails, so that
/// none is passed over in silence. Members that the schema doesn't know are faults too, as a test host sends none.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>What is wrong; empty when nothing is.</summary>
    public IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Faults(Resolve(reference.GetString()!), value, path);
        var faults = schema.EnumerateObject().SelectMany(keyword => OfKeyword(keyword.Name, keyword.Value, value, path));
        return schema.TryGetProperty("properties", out var known) && !schema.TryGetProperty("additionalProperties", out _) && value.ValueKind == JsonValueKind.Object
            ? faults.Concat(Unknown(known, value, path))
            : faults;
    }

    private IEnumerable<string> OfKeyword(string keyword, JsonElement wanted, JsonElement value, string path) => keyword switch
    {
        "description" or "contentEncoding" => [],
        "type" => Unless(IsOfType(wanted.GetString()!, value), $"{path} is {value.ValueKind}, and must be {wanted}"),
        "format" => Unless(IsOfFormat(wanted.GetString()!, value), $"{path} is {value}, and must be {wanted}"),
        "enum" => Unless(wanted.EnumerateArray().Any(word => word.GetString() == value.GetString()), $"{path} is {value}, and must be one of {wanted}"),
        "minLength" => Unless(value.GetString()!.Length >= wanted.GetInt32(), $"{path} is shorter than {wanted}"),
        "maxLength" => Unless(value.GetString()!.Length <= wanted.GetInt32(), $"{path} is longer than {wanted}"),
        "maxItems" => Unless(value.GetArrayLength() <= wanted.GetInt32(), $"{path} has more entries than {wanted}"),
        "minimum" => Unless(value.GetDouble() >= wanted.GetDouble(), $"{path} is less than {wanted}"),
        "maximum" => Unless(value.GetDouble() <= wanted.GetDouble(), $"{path} is more than {wanted}"),
        "pattern" => Unless(Regex.IsMatch(value.GetString()!, wanted.GetString()!, RegexOptions.ECMAScript), $"{path} is {value}, and must fit {wanted}"),
        "required" => wanted.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}.{name} is missing"),
        "properties" => wanted.EnumerateObject().Where(member => value.TryGetProperty(member.Name, out _))
            .SelectMany(member => Faults(member.Value, value.GetProperty(member.Name), $"{path}.{member.Name}")),
        "items" => value.EnumerateArray().SelectMany((entry, i) => Faults(wanted, entry, $"{path}[{i}]")),
        "additionalProperties" when wanted.ValueKind == JsonValueKind.True => [],
        "additionalProperties" when wanted.ValueKind == JsonValueKind.Object =>
            value.EnumerateObject().SelectMany(member => Faults(wanted, member.Value, $"{path}.{member.Name}")),
        // What is beside the members is refused for every schema.
        "additionalProperties" => [],
        _ => throw new NotSupportedException($"The document uses the keyword {keyword}, which {nameof(SchemaCheck)} doesn't check: teach it."),
    };

    private static IEnumerable<string> Unknown(JsonElement known, JsonElement value, string path) =>
        value.EnumerateObject().Where(member => !known.TryGetProperty(member.Name, out _)).Select(member => $"{path}.{member.Name} is not in the document");

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };

    private static bool IsOfFormat(string format, JsonElement value) => format switch
    {
        "int32" => value.TryGetInt32(out _),
        "int64" => value.TryGetInt64(out _),
        "float" or "double" => value.TryGetDouble(out _),
        "date-time" => value.GetString()!.EndsWith('Z') && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        "duration" => IsDuration(value.GetString()!),
        "uuid" => Guid.TryParseExact(value.GetString(), "D", out _),
        _ => throw new NotSupportedException(format),
    };

    private static bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Unless(bool right, string fault) => right ? [] : [fault];

    private JsonElement Resolve(string reference) =>
        reference[2..].Split('/').Aggregate(document, (element, name) => element.GetProperty(name));
}
