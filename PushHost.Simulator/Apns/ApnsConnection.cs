namespace PushHost.Simulator.Apns;

internal enum ClientCertificateState
{
    None,
    Good,
    Bad,
}

/// <summary>What APNs remembers of one connection: who authenticated it, and the last token and payload found good, so that
/// equal ones are checked once.</summary>
internal sealed class ApnsConnection(ClientCertificateState certificate)
{
    private readonly Lock _sync = new();
    private volatile KnownToken? _token;

    public ClientCertificateState Certificate => certificate;

    /// <summary>The last payload that was read. Replaced as a whole.</summary>
    public ApnsPayload Payload { get; set; } = ApnsPayload.Empty;

    /// <summary>Authenticates a request.</summary>
    /// <returns>APNs' reason for refusing; null if it is authentic.</returns>
    public string? Authenticate(string? authorization, ProviderTokenRules rules, DateTimeOffset now)
    {
        // With a client certificate APNs ignores the header.
        if (certificate == ClientCertificateState.Good)
            return null;
        if (certificate == ClientCertificateState.Bad)
            return "BadCertificate";
        if (_token is { } known && known.Header == authorization)
            return AgeFault(known.IssuedAt, now);
        if (string.IsNullOrEmpty(authorization))
            return "MissingProviderToken";
        if (!authorization.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase)
            || !rules.TryRead(authorization["bearer ".Length..], out var issuedAt))
            return "InvalidProviderToken";
        return AgeFault(issuedAt, now) ?? Adopt(authorization, issuedAt);
    }

    private static string? AgeFault(DateTimeOffset issuedAt, DateTimeOffset now) =>
        now - issuedAt > ProviderTokenRules.MaxAge ? "ExpiredProviderToken"
        : issuedAt - now > ProviderTokenRules.MaxAge ? "InvalidProviderToken"
        : null;

    private string? Adopt(string header, DateTimeOffset issuedAt)
    {
        lock (_sync)
        {
            if (_token is { } known && known.Header != header && (issuedAt - known.IssuedAt).Duration() < ProviderTokenRules.MinRenewal)
                return "TooManyProviderTokenUpdates";
            _token = new KnownToken(header, issuedAt);
            return null;
        }
    }

    private sealed record KnownToken(string Header, DateTimeOffset IssuedAt);
}
