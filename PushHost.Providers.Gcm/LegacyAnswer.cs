using System.Net;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>What legacy GCM means by an answer (Google, "GCM HTTP Connection Server"; Firebase, "Firebase Cloud Messaging HTTP protocol").</summary>
internal static class LegacyAnswer
{
    // The page asks for exponential backoff and names no floor; FCM's own ten seconds are taken for it.
    private static readonly TimeSpan RetryMinimum = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RateMinimum = TimeSpan.FromSeconds(60);

    /// <summary>One verdict for each of <paramref name="count"/> recipients, in order.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, as far as it was read.</param>
    /// <param name="count">How many recipients the request had.</param>
    /// <param name="retryAt">What Retry-After says; null without it.</param>
    /// <param name="now">The time of the answer.</param>
    public static Verdict[] Read(HttpStatusCode status, ReadOnlyMemory<byte> body, int count, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        if (status != HttpStatusCode.OK)
            return All(count, ByStatus((int)status, retryAt, now));
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("results", out var results)
                || results.ValueKind != JsonValueKind.Array)
                return All(count, new Unknown("HTTP 200 without results"));
            if (results.GetArrayLength() != count)
                return All(count, new Unknown($"{results.GetArrayLength()} results for {count} recipients"));
            return [.. results.EnumerateArray().Select(result => ReadResult(result, retryAt, now))];
        }
        // InvalidOperationException: half a surrogate pair in a string.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return All(count, new Unknown("HTTP 200 without results"));
        }
    }

    /// <summary>The same verdict for every recipient.</summary>
    public static Verdict[] All(int count, Verdict verdict)
    {
        var all = new Verdict[count];
        Array.Fill(all, verdict);
        return all;
    }

    private static Verdict ByStatus(int status, DateTimeOffset? retryAt, DateTimeOffset now) => status switch
    {
        400 or 413 => new MessageRejected($"HTTP {status}"),
        401 or 403 or 404 => new CredentialRejected($"HTTP {status}"),
        429 => new Throttled("HTTP 429", retryAt ?? now + RateMinimum, VerdictScope.Credential),
        500 => new Unavailable("HTTP 500", NotBefore(retryAt, now), VerdictScope.Target, MayHaveProcessed: true),
        >= 300 and < 400 or 408 or > 500 => new Unavailable($"HTTP {status}", NotBefore(retryAt, now), VerdictScope.Gateway, MayHaveProcessed: true),
        _ => new Unknown($"HTTP {status}"),
    };

    private static Verdict ReadResult(JsonElement result, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        if (result.ValueKind != JsonValueKind.Object)
            return new Unknown("a result that is no object");
        if (Text(result, "error") is { } error)
            return ByWord(error, retryAt, now);
        if (Text(result, "message_id") is not { } id)
            return new Unknown("a result without message_id or error");
        return Text(result, "registration_id") is { Length: > 0 } token ? new Replaced(id, token) : new Accepted(id);
    }

    private static Verdict ByWord(string error, DateTimeOffset? retryAt, DateTimeOffset now) => error switch
    {
        "NotRegistered" => new Unregistered(error, null),
        "InvalidRegistration" => new TokenRejected(error),
        // A wrong sender may be one stray token as well as our key.
        "MismatchSenderId" => new TokenRejected(error) { MayBeOurFault = true },
        "Unavailable" or "InternalServerError" => new Unavailable(error, NotBefore(retryAt, now), VerdictScope.Target, MayHaveProcessed: true),
        "DeviceMessageRateExceeded" or "TopicsMessageRateExceeded" or "DeviceQuotaExceeded" =>
            new Throttled(error, retryAt ?? now + RateMinimum, VerdictScope.Target),
        "QuotaExceeded" => new Throttled(error, retryAt ?? now + RateMinimum, VerdictScope.Credential),
        "InvalidApnsCredential" => new CredentialRejected(error, VerdictScope.Target),
        // The package restriction in gcm.message doesn't fit this one's app.
        "MissingRegistration" or "InvalidPackageName" or "MessageTooBig" or "InvalidDataKey" or "InvalidTtl" or "InvalidParameters"
            or "MissingCollapseKey" => new MessageRejected(error),
        _ => new Unknown(error),
    };

    private static DateTimeOffset NotBefore(DateTimeOffset? retryAt, DateTimeOffset now)
    {
        var earliest = now + RetryMinimum;
        return retryAt > earliest ? retryAt.Value : earliest;
    }

    private static string? Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
