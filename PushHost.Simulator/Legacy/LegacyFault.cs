namespace PushHost.Simulator;

/// <summary>Per-token results of the legacy protocol. FCM v1 requests for the token are not affected.</summary>
public static class LegacyFault
{
    /// <summary>An error in the token's place of the results.</summary>
    /// <param name="error">Such as <c>NotRegistered</c>, <c>InvalidRegistration</c>, <c>MismatchSenderId</c>, <c>Unavailable</c>.</param>
    public static Fault Error(string error) => Fault.LegacyOnly(error) with { LegacyError = error };

    /// <summary>Accepted, and the token's owner has a new one: the canonical <c>registration_id</c>.</summary>
    /// <param name="registrationId">The token to use from now on.</param>
    public static Fault Canonical(string registrationId) => Fault.LegacyOnly(nameof(Canonical)) with { CanonicalId = registrationId };

    /// <summary>A whole request's answer, for use with <see cref="Gateway.FaultAll"/>.</summary>
    /// <param name="status">Such as 401, 500 or 503.</param>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    public static Fault Status(int status, TimeSpan? retryAfter = null) =>
        Fault.Answer(status, $"Http{status}", $"<html><body>Error {status}</body></html>", "text/html; charset=UTF-8", retryAfter);
}
