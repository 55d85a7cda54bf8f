using System.Net.Mime;
using System.Text.Json;
using PushHost.Simulator.Apns;

namespace PushHost.Simulator;

/// <summary>APNs' own errors, as "Handling notification responses from APNs" (Apple Developer Documentation) lists them.</summary>
public static class ApnsFault
{
    /// <summary>A reason with the status that Apple lists for it.</summary>
    /// <param name="reason">Such as <c>BadDeviceToken</c>, <c>TooManyRequests</c> or <c>ServiceUnavailable</c>.</param>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    /// <exception cref="ArgumentException">APNs has no such reason.</exception>
    public static Fault Reason(string reason, TimeSpan? retryAfter = null) => Rejected(ApnsReasons.StatusOf(reason), reason, retryAfter);

    /// <summary>Any status with any reason, also ones that APNs does not have.</summary>
    /// <param name="status">200 to 599.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    /// <param name="timestamp">Sent in milliseconds; null sends none.</param>
    public static Fault Rejected(int status, string reason, TimeSpan? retryAfter = null, DateTimeOffset? timestamp = null)
    {
        var quoted = JsonEncodedText.Encode(reason);
        var body = timestamp is { } time
            ? $$"""{"reason":"{{quoted}}","timestamp":{{time.ToUnixTimeMilliseconds()}}}"""
            : $$"""{"reason":"{{quoted}}"}""";
        return Fault.Answer(status, reason, body, MediaTypeNames.Application.Json, retryAfter);
    }

    /// <summary>410: the token is not active for the topic any more.</summary>
    /// <param name="since">When APNs confirmed that.</param>
    public static Fault Unregistered(DateTimeOffset since) => Rejected(410, nameof(Unregistered), timestamp: since);

    /// <summary>410: the token expired.</summary>
    /// <param name="since">When APNs confirmed that.</param>
    public static Fault ExpiredToken(DateTimeOffset since) => Rejected(410, nameof(ExpiredToken), timestamp: since);

    /// <summary>429: too many requests to this device token.</summary>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => Reason(nameof(TooManyRequests), retryAfter);

    /// <summary>503.</summary>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    public static Fault ServiceUnavailable(TimeSpan? retryAfter = null) => Reason(nameof(ServiceUnavailable), retryAfter);
}
