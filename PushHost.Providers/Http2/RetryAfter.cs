using System.Globalization;
using System.Net.Http.Headers;

namespace PushHost.Providers.Http2;

/// <summary>Reads the header <c>Retry-After</c> (RFC 9110 section 10.2.3): seconds, or an HTTP date.</summary>
public static class RetryAfter
{
    /// <summary>The longest wait that is believed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>The moment before which the gateway does not want to be asked again, UTC, at most <see cref="Longest"/> from now and never before now;
    /// null when it does not say, or says nonsense.</summary>
    public static DateTimeOffset? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
            return null;
        var now = time.GetUtcNow();
        var text = values.ToString().Trim();
        if (Wait(text, now) is not { } wait)
            return null;
        return now + (wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait);
    }

    private static TimeSpan? Wait(string text, DateTimeOffset now)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds < Longest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : Longest;
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date - now
            : null;
    }
}
