using System.Net;

namespace PushHost.Providers.Gcm;

/// <summary>What FCM v1 means by an answer. The error code in the details decides, then the HTTP status (Firebase, "ErrorCode").</summary>
internal static class FcmAnswer
{
    // Firebase, "Best practices when sending FCM messages at scale": a minute after a 429 that doesn't say, no retry before 10 seconds else.
    private static readonly TimeSpan QuotaMinimum = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryMinimum = TimeSpan.FromSeconds(10);

    /// <summary>The reason given when FCM refuses our access token, which a new one may cure.</summary>
    public const string AccessTokenRefused = "UNAUTHENTICATED";

    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, as far as it was read.</param>
    /// <param name="target">Whom the message was for.</param>
    /// <param name="retryAt">What Retry-After says; null without it.</param>
    /// <param name="now">The time of the answer.</param>
    public static Verdict Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TargetKind target, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        if (status == HttpStatusCode.OK)
            return FcmJson.ReadName(body) is { } name ? new Accepted(name) : new Unknown("HTTP 200 without a message name");
        var error = FcmJson.ReadError(body);
        return error.Code switch
        {
            "UNREGISTERED" => new Unregistered("UNREGISTERED", null),
            "INVALID_ARGUMENT" => Invalid(error, target),
            // One stray token, or all of them if the credential is for another project.
            "SENDER_ID_MISMATCH" => target == TargetKind.Registration
                ? new TokenRejected("SENDER_ID_MISMATCH") { MayBeOurFault = true }
                : new CredentialRejected("SENDER_ID_MISMATCH", VerdictScope.Target),
            "QUOTA_EXCEEDED" => Throttled("QUOTA_EXCEEDED", error, retryAt, now),
            "UNAVAILABLE" => Unavailable("UNAVAILABLE", VerdictScope.Gateway, retryAt, now),
            "INTERNAL" => Unavailable("INTERNAL", VerdictScope.Target, retryAt, now),
            // The Firebase project's APNs or web push key is bad, which concerns only the targets that need it.
            "THIRD_PARTY_AUTH_ERROR" or "APNS_AUTH_ERROR" => new CredentialRejected(error.Code, VerdictScope.Target),
            _ => ByStatus(status, error, target, retryAt, now),
        };
    }

    private static Verdict ByStatus(HttpStatusCode status, FcmError error, TargetKind target, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        var reason = error.Status ?? $"HTTP {(int)status}";
        return (int)status switch
        {
            400 when error.Status is not null => Invalid(error, target),
            401 => new CredentialRejected(AccessTokenRefused),
            // Without FCM's own word a 404 is about the project's path, never about the token.
            403 or 404 => new CredentialRejected(reason),
            413 => new MessageRejected(reason),
            429 => Throttled(reason, error, retryAt, now),
            500 => Unavailable(reason, VerdictScope.Target, retryAt, now),
            // A redirect comes from something in front of FCM, which never redirects.
            >= 300 and < 400 or 408 or > 500 => Unavailable(reason, VerdictScope.Gateway, retryAt, now),
            _ => new Unknown(reason),
        };
    }

    // FCM says INVALID_ARGUMENT of bad tokens and of bad messages. Field violations name the message's fields; without them it is the token,
    // but for a message too big, of which only the text tells; and even then the message may be to blame, unless the token is named.
    private static Verdict Invalid(FcmError error, TargetKind target)
    {
        const string word = "INVALID_ARGUMENT";
        if (error.Field is { } field)
            return new MessageRejected($"{word} {field}");
        var aboutToken = error.TokenAtFault || (error.Code is not null && !error.SaysTooBig);
        return target == TargetKind.Registration && aboutToken
            ? new TokenRejected(word) { MayBeOurFault = !error.TokenAtFault }
            : new MessageRejected(word);
    }

    private static Throttled Throttled(string reason, FcmError error, DateTimeOffset? retryAt, DateTimeOffset now) =>
        new(reason, retryAt ?? now + QuotaMinimum, error.ConcernsTarget ? VerdictScope.Target : VerdictScope.Credential);

    private static Unavailable Unavailable(string reason, VerdictScope scope, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        var earliest = now + RetryMinimum;
        return new Unavailable(reason, retryAt > earliest ? retryAt : earliest, scope, MayHaveProcessed: true);
    }
}
