namespace PushHost.Serve;

/// <summary>Where a simulator listens and whom it trusts: what it prints with <c>--json</c>.</summary>
internal sealed record SimulatorAddress
{
    public required int ApnsPort { get; init; }

    public required int FcmPort { get; init; }

    public required int ControlPort { get; init; }

    public required string ApnsKeyId { get; init; }

    public required string ApnsTeamId { get; init; }

    public required string ApnsBundleId { get; init; }
}

/// <summary>The settings that lead a host to a simulator.</summary>
internal static class GatewaySettings
{
    /// <param name="address">The simulator.</param>
    /// <param name="credentials">The folder it wrote its credentials to.</param>
    public static Dictionary<string, string?> Of(SimulatorAddress address, string credentials)
    {
        const string apns = "PushHost:Apps:default:Providers:apns:";
        const string gcm = "PushHost:Apps:default:Providers:gcm:";
        var certificate = Path.Combine(credentials, "simulator.pem");
        return new Dictionary<string, string?>
        {
            [apns + "KeyFile"] = Path.Combine(credentials, "AuthKey.p8"),
            [apns + "KeyId"] = address.ApnsKeyId,
            [apns + "TeamId"] = address.ApnsTeamId,
            [apns + "BundleId"] = address.ApnsBundleId,
            [apns + "Host"] = "localhost",
            [apns + "Port"] = $"{address.ApnsPort}",
            [apns + "CaCertificatesFile"] = certificate,
            [gcm + "ServiceAccountFile"] = Path.Combine(credentials, "service-account.json"),
            [gcm + "Endpoint"] = $"https://localhost:{address.FcmPort}",
            [gcm + "CaCertificatesFile"] = certificate,
        };
    }
}
