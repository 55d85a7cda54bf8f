using System.Text.Json;

namespace PushHost.Providers.Apns;

/// <summary>What the gateway answered, whatever it was.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The gateway's own word; null if it gave none that could be read.</param>
/// <param name="InactiveSince">With 410: when APNs knew the token dead, UTC; null if it didn't say, or said nonsense.</param>
/// <param name="RetryAfter">When to try again, UTC; null if it didn't say.</param>
internal readonly record struct ApnsAnswer(int Status, string? Reason, DateTimeOffset? InactiveSince, DateTimeOffset? RetryAfter)
{
    private const int MostReasonCharacters = 100;

    /// <summary>The gateway's word, or what came instead of one.</summary>
    public string Word => Reason ?? $"HTTP {Status} without a reason";

    /// <summary>Reads a body: JSON with <c>reason</c>, and with 410 <c>timestamp</c> in milliseconds
    /// (Apple, "Handling notification responses from APNs"). Anything else is read as nothing.</summary>
    public static ApnsAnswer Read(int status, ReadOnlyMemory<byte> body, DateTimeOffset? retryAfter)
    {
        if (body.IsEmpty)
            return new ApnsAnswer(status, null, null, retryAfter);
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new ApnsAnswer(status, ReadReason(json.RootElement), ReadTimestamp(json.RootElement), retryAfter)
                : new ApnsAnswer(status, null, null, retryAfter);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new ApnsAnswer(status, null, null, retryAfter);
        }
    }

    private static string? ReadReason(JsonElement json)
    {
        if (!json.TryGetProperty("reason", out var reason) || reason.ValueKind != JsonValueKind.String)
            return null;
        var text = reason.GetString()!;
        if (text.Length > MostReasonCharacters)
            text = text[..MostReasonCharacters];
        if (text.Any(character => character is < ' ' or > '~'))
            text = string.Concat(text.Select(character => character is >= ' ' and <= '~' ? character : '?'));
        return text.Length == 0 ? null : text;
    }

    private static DateTimeOffset? ReadTimestamp(JsonElement json) =>
        json.TryGetProperty("timestamp", out var timestamp)
        && timestamp.ValueKind == JsonValueKind.Number
        && timestamp.TryGetInt64(out var milliseconds)
        && milliseconds > 0
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
