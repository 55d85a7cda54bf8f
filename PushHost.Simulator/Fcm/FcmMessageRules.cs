using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushHost.Simulator.Fcm;

/// <summary>A message found good: whom it is for.</summary>
internal sealed record FcmMessage(string Target, bool ValidateOnly);

/// <summary>What FCM demands of a message beyond its fields' types.</summary>
internal static partial class FcmMessageRules
{
    private const int MaxPayload = 4096;
    private const int MaxTopicPayload = 2048;
    private const int MaxTokenLength = 4096;
    private const int MaxTtlSeconds = 2_419_200;

    private static readonly string[] Targets = ["token", "topic", "condition", "fid"];

    /// <returns>The error; null if the message is good, which is then in <paramref name="message"/>.</returns>
    public static FcmError? Read(ReadOnlyMemory<byte> body, out FcmMessage? message)
    {
        message = null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException malformed)
        {
            return FcmError.Invalid(new("", $"Invalid JSON payload received. {malformed.Message}"), isFcm: false);
        }
        using (document)
        {
            if (FcmSchema.Request.Check(document.RootElement, "") is { } violation)
                return FcmError.Invalid(violation, isFcm: false);
            return Check(document.RootElement, out message);
        }
    }

    private static FcmError? Check(JsonElement request, out FcmMessage? result)
    {
        result = null;
        if (Find(request, "message") is not { } message)
            return Invalid("message", "The message is missing.");
        string? target = null;
        string? kind = null;
        foreach (var name in Targets)
        {
            if (Find(message, name) is not { } found)
                continue;
            if (kind is not null)
                return Invalid("message", $"Exactly one of token, topic, condition or fid is required: both {kind} and {name} are set.");
            (kind, target) = (name, found.GetString());
        }
        if (kind is null)
            return Invalid("message", "Recipient of the message is not set.");
        if (CheckTarget(kind, target!) is { } badTarget)
            return badTarget;
        if (CheckData(message, "message.data") is { } badData)
            return badData;
        if (Find(message, "android") is { } android && CheckAndroid(android) is { } badAndroid)
            return badAndroid;
        if (Size(message) > (kind is "topic" or "condition" ? MaxTopicPayload : MaxPayload))
            return Invalid("message", "Android message is too big");
        result = new FcmMessage(target!, Find(request, "validate_only")?.GetBoolean() == true);
        return null;
    }

    private static FcmError? CheckTarget(string kind, string target) => kind switch
    {
        "topic" when !TopicName().IsMatch(target) => Invalid("message.topic", "Malformed topic name"),
        "condition" when target.Length == 0 => Invalid("message.condition", "Invalid condition expression provided."),
        "token" or "fid" when target.Length is 0 or > MaxTokenLength || target.AsSpan().ContainsAnyExceptInRange('!', '~') =>
            FcmError.Codes["INVALID_ARGUMENT"],
        _ => null,
    };

    private static FcmError? CheckData(JsonElement owner, string path)
    {
        if (Find(owner, "data") is not { } data)
            return null;
        foreach (var entry in data.EnumerateObject())
        {
            if (entry.Name is "from" or "message_type" || entry.Name.StartsWith("google.", StringComparison.Ordinal)
                || entry.Name.StartsWith("gcm.notification.", StringComparison.Ordinal))
                return Invalid(path, $"Invalid data payload key: {entry.Name}");
        }
        return null;
    }

    private static FcmError? CheckAndroid(JsonElement android)
    {
        if (CheckData(android, "message.android.data") is { } badData)
            return badData;
        if (Find(android, "ttl") is { } ttl && Durations.TryParse(ttl.GetString()!, out var seconds) && seconds is < 0 or > MaxTtlSeconds)
            return Invalid("message.android.ttl", "Invalid ttl: it must be between 0s and 2419200s");
        if (Find(android, "notification") is not { } notification)
            return null;
        if (Find(notification, "color") is { } color && !Color().IsMatch(color.GetString()!))
            return Invalid("message.android.notification.color", "Invalid color: it must be of the form #rrggbb");
        foreach (var text in (string[])["title", "body"])
        {
            if (Find(notification, text + "_loc_args") is not null && Find(notification, text + "_loc_key") is null)
                return Invalid($"message.android.notification.{text}_loc_args", $"{text}_loc_args needs {text}_loc_key");
        }
        return null;
    }

    // Google doesn't say which bytes count; keys and values of data and the notification's text are the ones that reach the phone.
    private static int Size(JsonElement message)
    {
        var size = 0;
        var data = Find(message, "android") is { } android && Find(android, "data") is { } own ? own : Find(message, "data");
        if (data is { } entries)
        {
            foreach (var entry in entries.EnumerateObject())
                size += Encoding.UTF8.GetByteCount(entry.Name) + Encoding.UTF8.GetByteCount(entry.Value.GetString()!);
        }
        if (Find(message, "notification") is { } notification)
        {
            foreach (var text in notification.EnumerateObject())
                size += text.Value.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetByteCount(text.Value.GetString()!) : 0;
        }
        return size;
    }

    private static JsonElement? Find(JsonElement owner, string name) =>
        (owner.TryGetProperty(name, out var found) || (name.Contains('_', StringComparison.Ordinal) && owner.TryGetProperty(FieldType.ToCamelCase(name), out found)))
        && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    private static FcmError Invalid(string field, string description) => FcmError.Invalid(new(field, description));

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_.~%]{1,900}\z")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z")]
    private static partial Regex Color();
}
