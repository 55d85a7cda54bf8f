using System.Text;
using System.Text.Json;

namespace PushHost.Simulator.Legacy;

/// <summary>A legacy request that could be read.</summary>
/// <param name="Tokens">The recipients in order.</param>
/// <param name="Error">An error that each recipient gets, such as <c>MessageTooBig</c>; null if there is none.</param>
/// <param name="DryRun">Answer, but deliver nothing.</param>
internal sealed record LegacyMessage(IReadOnlyList<string> Tokens, string? Error, bool DryRun)
{
    private const int MaxTokens = 1000;
    private const int MaxPayload = 4096;
    private const int MaxTtlSeconds = 2_419_200;

    public bool IsTopic => Tokens is [var only] && only.StartsWith("/topics/", StringComparison.Ordinal);

    /// <summary>Reads a JSON body. A null message is 400 with the fault as text.</summary>
    public static (LegacyMessage? Message, string? Fault) Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : (null, "JSON_PARSING_ERROR: the body must be an object");
        }
        catch (JsonException malformed)
        {
            return (null, "JSON_PARSING_ERROR: " + malformed.Message);
        }
    }

    private static (LegacyMessage? Message, string? Fault) Read(JsonElement request)
    {
        if (CheckTypes(request) is { } wrongType)
            return (null, wrongType);
        var hasTo = request.TryGetProperty("to", out var to);
        var hasIds = request.TryGetProperty("registration_ids", out var ids);
        if (hasTo && hasIds)
            return (null, "Must use either \"registration_ids\" field or \"to\", not both");
        var tokens = hasTo ? [to.GetString()!] : hasIds ? ids.EnumerateArray().Select(id => id.GetString()!).ToArray() : [];
        if (hasIds && tokens.Length == 0)
            return (null, "\"registration_ids\" field cannot be empty");
        if (tokens.Length > MaxTokens)
            return (null, $"Number of messages on bulk ({tokens.Length}) exceeds maximum allowed ({MaxTokens})");
        var dryRun = request.TryGetProperty("dry_run", out var dry) && dry.ValueKind == JsonValueKind.True;
        return (new LegacyMessage(tokens, ErrorOf(request), dryRun), null);
    }

    private static string? CheckTypes(JsonElement request)
    {
        foreach (var field in request.EnumerateObject())
        {
            var right = field.Name switch
            {
                "to" or "collapse_key" or "restricted_package_name" or "condition" => field.Value.ValueKind == JsonValueKind.String,
                "registration_ids" => field.Value.ValueKind == JsonValueKind.Array
                    && field.Value.EnumerateArray().All(id => id.ValueKind == JsonValueKind.String),
                "priority" => field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is "normal" or "high",
                "time_to_live" => field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt64(out _),
                "delay_while_idle" or "dry_run" or "content_available" or "mutable_content" =>
                    field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "data" => field.Value.ValueKind == JsonValueKind.Object
                    && field.Value.EnumerateObject().All(entry => entry.Value.ValueKind == JsonValueKind.String),
                "notification" => field.Value.ValueKind == JsonValueKind.Object,
                _ => true,
            };
            if (!right)
                return $"InvalidParameters: field \"{field.Name}\" has a wrong type or value: {field.Value.GetRawText()}";
        }
        return null;
    }

    private static string? ErrorOf(JsonElement request)
    {
        if (request.TryGetProperty("time_to_live", out var ttl) && ttl.GetInt64() is < 0 or > MaxTtlSeconds)
            return "InvalidTtl";
        var size = 0;
        if (request.TryGetProperty("data", out var data))
        {
            foreach (var entry in data.EnumerateObject())
            {
                if (entry.Name is "from" or "message_type" || entry.Name.StartsWith("google", StringComparison.Ordinal)
                    || entry.Name.StartsWith("gcm", StringComparison.Ordinal))
                    return "InvalidDataKey";
                size += Encoding.UTF8.GetByteCount(entry.Name) + Encoding.UTF8.GetByteCount(entry.Value.GetString()!);
            }
        }
        if (request.TryGetProperty("notification", out var notification))
            size += Encoding.UTF8.GetByteCount(notification.GetRawText());
        return size > MaxPayload ? "MessageTooBig" : null;
    }
}
