using System.Text.Json;
using System.Text.Unicode;
using PushHost.ServiceInterface.Host;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Lines that are JSON objects. Names are compared without case; unknown members are ignored.</summary>
internal sealed class JsonLines : ILineParser
{
    private const int MaxDepth = 32;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
        Converters = { new TimeText() },
    };

    /// <summary>Reads the text of an object; null when it is the JSON <c>null</c>.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public static Dictionary<string, object?>? ReadObject(string text)
    {
        CheckText(System.Text.Encoding.UTF8.GetBytes(text));
        return JsonSerializer.Deserialize<Dictionary<string, object?>>(text, Options);
    }

    public ImportLine? Parse(ReadOnlySpan<byte> record, Validation validation)
    {
        try
        {
            CheckText(record);
            if (JsonSerializer.Deserialize<ImportLine>(record, Options) is { } line)
                return line;
            validation.Add("", ErrorCodes.InvalidJson, "the line must be a JSON object, and is null");
        }
        catch (JsonException error)
        {
            Explain(error, validation);
        }
        return null;
    }

    // The serializer keeps the values of free members as bytes, and would stumble over these only when they are written again.
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new JsonException("it isn't UTF-8", "$", null, null);
        if (json.IndexOf(@"\u"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json, new() { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            throw new JsonException(@"it has half of a surrogate pair, such as \ud83d without its other half", "$", null, null);
        }
    }

    private static void Explain(JsonException error, Validation validation)
    {
        var name = error.Path is ['$', '.', .. var rest] ? rest.Split('.', '[')[0] : null;
        if (error.InnerException is JsonException || name is null)
            validation.Add("", ErrorCodes.InvalidJson, $"the line isn't a JSON object: {Cause(error)}");
        else if (error.Message.StartsWith("Duplicate", StringComparison.Ordinal))
            validation.Fault(name, "Duplicate", "must not be given twice");
        else
            validation.Fault(name, "InvalidType", $"must be {Expected(name)}");
    }

    private static string Cause(JsonException error)
    {
        var message = (error.InnerException ?? error).Message;
        // The serializer appends its own path and position to the reader's sentence, and names our types where no object stands.
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (end >= 0)
            message = message[..end];
        return message.Contains(nameof(ImportLine), StringComparison.Ordinal)
            ? "it must begin with {"
            : error.BytePositionInLine is { } position ? $"{message} (at byte {position + 1})" : message;
    }

    private static string Expected(string name) => name.ToUpperInvariant() switch
    {
        "ISACTIVE" => "true or false",
        "TAGS" => "a list of texts",
        "ATTRIBUTES" or "PROVIDERDATA" => "an object",
        "SEQUENCE" => "a whole number",
        "DEACTIVATEDAT" or "CREATEDAT" or "REGISTEREDAT" or "LASTSEENAT" => TimeText.Expected,
        _ => "a text",
    };
}
