using System.Net.Http.Headers;

namespace PushHost.Providers.Gcm;

/// <summary>The Retry-After header, in seconds or as a date.</summary>
internal static class RetryAfter
{
    /// <summary>The time it names; null without it.</summary>
    public static DateTimeOffset? Read(HttpResponseHeaders headers, TimeProvider time) =>
        headers.RetryAfter is not { } after ? null : after.Date ?? time.GetUtcNow() + after.Delta;
}
