using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PushHost.Simulator;

/// <summary>The credentials that the simulated gateways accept. Each simulator has its own APNs key and client certificate;
/// the service account's key is one for all simulators of a process.</summary>
public sealed class SimulatorCredentials
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // Making an RSA key takes a tenth of a second, so a process makes one.
    private static readonly Lazy<RSA> SharedServiceAccountKey = new(() => RSA.Create(2048));

    private readonly X509Certificate2 _serverCertificate;

    internal SimulatorCredentials(SimulatorOptions options, X509Certificate2 serverCertificate, int fcmPort)
    {
        _serverCertificate = serverCertificate;
        ApnsBundleId = options.BundleId;
        ProjectId = options.ProjectId;
        ApnsKeyPem = ApnsKey.ExportPkcs8PrivateKeyPem();
        ClientCertificate = SimulatorCertificates.MakeClient(options.BundleId);
        TokenUri = $"https://{GatewaySimulator.HostName}:{fcmPort}/token";
        ServiceAccountEmail = $"push@{ProjectId}.iam.gserviceaccount.com";
        ServiceAccountJson = JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["type"] = "service_account",
                ["project_id"] = ProjectId,
                ["private_key_id"] = "5f0c1d2e3b4a59687786958473625140fedcba98",
                ["private_key"] = ServiceAccountKey.ExportPkcs8PrivateKeyPem() + "\n",
                ["client_email"] = ServiceAccountEmail,
                ["client_id"] = "100000000000000000001",
                ["token_uri"] = TokenUri,
            },
            Indented);
    }

    /// <summary>The provider token's signing key: the text of a <c>.p8</c> file.</summary>
    public string ApnsKeyPem { get; }

    /// <summary>The key's ID, ten characters: <c>kid</c> of provider tokens.</summary>
    public string ApnsKeyId => "SIMKEY0001";

    /// <summary>The team's ID, ten characters: <c>iss</c> of provider tokens.</summary>
    public string ApnsTeamId => "SIMTEAM001";

    /// <summary>The app's bundle ID: the topic without suffixes.</summary>
    public string ApnsBundleId { get; }

    /// <summary>A service account's JSON file. Its <c>token_uri</c> is the simulator's own token endpoint.</summary>
    public string ServiceAccountJson { get; }

    /// <summary>The service account's email address: <c>iss</c> of assertions.</summary>
    public string ServiceAccountEmail { get; }

    /// <summary>The token endpoint: <c>aud</c> of assertions.</summary>
    public string TokenUri { get; }

    /// <summary>The Firebase project's ID.</summary>
    public string ProjectId { get; }

    /// <summary>The server key of the legacy protocol: <c>Authorization: key=…</c>.</summary>
    public string LegacyApiKey => "AIzaSimulatorLegacyServerKey00000000001";

    /// <summary>The client certificate for certificate authentication, with its key. Single-topic: its topic is the bundle ID.</summary>
    public X509Certificate2 ClientCertificate { get; }

    /// <summary>The password of <see cref="ClientCertificateP12"/>.</summary>
    public string ClientCertificatePassword => "simulator";

    /// <summary>The client certificate and key as a PKCS#12 file.</summary>
    public byte[] ClientCertificateP12 => ClientCertificate.Export(X509ContentType.Pkcs12, ClientCertificatePassword);

    /// <summary>The client certificate and key as PEM, one after the other.</summary>
    public string ClientCertificatePem
    {
        get
        {
            using var key = ClientCertificate.GetECDsaPrivateKey()!;
            return ClientCertificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    internal ECDsa ApnsKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal RSA ServiceAccountKey => SharedServiceAccountKey.Value;

    /// <summary>Writes <c>AuthKey.p8</c>, <c>service-account.json</c>, <c>client.p12</c>, <c>client.pem</c> and <c>simulator.pem</c>,
    /// replacing what is there. The directory is made if needed.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "AuthKey.p8"), ApnsKeyPem + "\n");
        File.WriteAllText(Path.Combine(directory, "service-account.json"), ServiceAccountJson + "\n");
        File.WriteAllBytes(Path.Combine(directory, "client.p12"), ClientCertificateP12);
        File.WriteAllText(Path.Combine(directory, "client.pem"), ClientCertificatePem);
        File.WriteAllText(Path.Combine(directory, "simulator.pem"), _serverCertificate.ExportCertificatePem() + "\n");
    }
}
