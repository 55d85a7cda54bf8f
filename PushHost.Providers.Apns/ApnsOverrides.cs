using System.Text.Json;

namespace PushHost.Providers.Apns;

/// <summary>The message's member <c>apns</c>, checked.</summary>
internal sealed class ApnsOverrides
{
    private static readonly string[] KnownHeaders =
        [ApnsHeader.Topic, ApnsHeader.Priority, ApnsHeader.PushType, ApnsHeader.Expiration, ApnsHeader.CollapseId];

    private readonly Dictionary<string, string> _headers = [];

    private ApnsOverrides()
    {
    }

    public string? PushType { get; private set; }

    public JsonElement? Aps { get; private set; }

    public JsonElement? Payload { get; private set; }

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    public static string HeaderField(string name) => $"apns.headers.{name}";

    public static ApnsOverrides Read(JsonElement? json)
    {
        var overrides = new ApnsOverrides();
        if (json is not { ValueKind: not JsonValueKind.Null } element)
            return overrides;
        foreach (var (name, value) in JsonMerge.Members(element, "apns"))
            overrides.ReadMember(name, value);
        if (overrides.Header(ApnsHeader.PushType) is { } header)
        {
            if (overrides.PushType is { } member && member != header)
                throw new MessageInvalidException(HeaderField(ApnsHeader.PushType), $"is '{header}', and apns.pushType is '{member}': give one of them");
            overrides.PushType = header;
        }
        return overrides;
    }

    private void ReadMember(string name, JsonElement value)
    {
        switch (name)
        {
            case "pushType":
                PushType = ReadPushType(value);
                break;
            case "headers":
                foreach (var (header, text) in JsonMerge.Members(value, "apns.headers"))
                    ReadHeader(header, text);
                break;
            case "aps":
                Aps = JsonMerge.Object(value, "apns.aps");
                break;
            case "payload":
                Payload = JsonMerge.Object(value, "apns.payload");
                break;
            default:
                throw new MessageInvalidException($"apns.{name}", "is not known; apns takes pushType, headers, aps and payload");
        }
    }

    private static string ReadPushType(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 50 } type && type.All(char.IsAsciiLetterLower)
            ? type
            : throw new MessageInvalidException("apns.pushType", "must be a push type in lower-case letters, such as alert or voip");

    private void ReadHeader(string name, JsonElement value)
    {
        var field = HeaderField(name);
        if (name == ApnsHeader.Id)
            throw new MessageInvalidException(field, "is set by PushHost to the delivery's own id, the same for every attempt");
        if (!KnownHeaders.Contains(name))
            throw new MessageInvalidException(field, $"is not known; apns.headers takes {string.Join(", ", KnownHeaders)}");
        var text = value.ValueKind switch
        {
            JsonValueKind.String => JsonMerge.Text(value, field),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new MessageInvalidException(field, "must be a text or a number"),
        };
        if (text.Length == 0 || text.Any(char.IsControl))
            throw new MessageInvalidException(field, "must be a text without line breaks or other control characters, and not empty");
        _headers[name] = name == ApnsHeader.PushType ? ReadPushType(value) : text;
    }
}
