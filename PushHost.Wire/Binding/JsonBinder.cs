using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PushHost.Wire;

/// <summary>Makes an object of one type out of JSON text in the wire's dialect, or says what is wrong with it in the caller's words.</summary>
/// <param name="type">The type.</param>
/// <param name="json">The dialect.</param>
/// <param name="refusesUnknown">Whether members that the type doesn't know are refused by name.</param>
/// <param name="subject">What errors call the text, such as <c>The body</c>.</param>
internal sealed class JsonBinder(Type type, WireJson json, bool refusesUnknown, string subject)
{
    private readonly JsonTypeInfo _type = json.ReadOptions.GetTypeInfo(type);
    private readonly TypeShape _shape = TypeShape.Of(type);

    /// <summary>The text without byte order mark and blanks around it.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8))
            text = text[3..];
        return text.Trim(" \t\r\n"u8);
    }

    /// <param name="text">Stripped, and not empty.</param>
    /// <exception cref="RequestException">400: it isn't JSON, or not of this type.</exception>
    public object Bind(ReadOnlySpan<byte> text)
    {
        JsonText.Check(text, subject);
        return BindChecked(text, subject);
    }

    /// <summary>As <see cref="Bind"/>, for text that is part of one that was checked.</summary>
    /// <param name="text">Stripped, and not empty.</param>
    /// <param name="subject">What errors call this text.</param>
    /// <exception cref="RequestException">400: it isn't JSON, or not of this type.</exception>
    public object BindChecked(ReadOnlySpan<byte> text, string subject)
    {
        try
        {
            if (text[0] != '{')
                throw NotAnObject(text, subject);
            if (TypeMarks.MayBeIn(text))
                text = TypeMarks.Drop(text);
            // Before the rest, since reading on beyond so many would be work for nothing.
            var unknown = refusesUnknown ? UnknownMembers.Find(text, _shape) : [];
            if (unknown.Count == UnknownMembers.MaxTold)
                throw RequestException.Validation(unknown);
            var bound = JsonSerializer.Deserialize(text, _type)!;
            if (unknown.Count > 0)
                throw RequestException.Validation(unknown);
            return NullEntries.Find(bound, _shape) is { } path
                ? throw RequestException.Validation(path, "NotNull", $"'{path}' must not be null.")
                : bound;
        }
        catch (JsonException exception)
        {
            throw JsonFaults.Explain(exception, _shape, subject);
        }
    }

    private static RequestException NotAnObject(ReadOnlySpan<byte> text, string subject)
    {
        // Whether it is JSON at all is said first.
        var reader = new Utf8JsonReader(text, new() { MaxDepth = WireJson.MaxDepth });
        while (reader.Read())
        {
        }
        return RequestException.InvalidJson($"{subject} must be a JSON object.");
    }
}
