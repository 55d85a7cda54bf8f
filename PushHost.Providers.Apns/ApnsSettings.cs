using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PushHost.Providers.Settings;

namespace PushHost.Providers.Apns;

/// <summary>A credential's settings, read and checked. Owns the key and the certificate.</summary>
internal sealed record ApnsSettings : IDisposable
{
    private const int IdentifierLength = 10;

    public required string Environment { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The app, as <c>apns-topic</c> names it without a suffix.</summary>
    public required string BundleId { get; init; }

    /// <summary>The signing key and what Apple calls it; null when a certificate is shown instead.</summary>
    public required SigningKey? Key { get; init; }

    /// <summary>The certificate to show, with its private key; null when a key signs instead.</summary>
    public required X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates trusted for the gateway beside the system's.</summary>
    public required X509Certificate2Collection TrustedCertificates { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxConnections { get; init; }

    public required IReadOnlyList<SettingFault> Faults { get; init; }

    public static ApnsSettings Read(CredentialSettings settings, TimeProvider time)
    {
        var reader = new SettingsReader(settings);
        var environment = ReadEnvironment(reader, settings.Environment);
        var (key, certificate) = ReadCredential(reader, environment, time);
        return new ApnsSettings
        {
            Environment = environment,
            Host = ReadHost(reader) ?? ApnsEnvironment.Host(environment),
            Port = reader.Number("Port", 443, 1, 65535),
            BundleId = ReadBundleId(reader, certificate),
            Key = key,
            Certificate = certificate,
            TrustedCertificates = reader.Certificates("CaCertificatesFile"),
            RequestTimeout = TimeSpan.FromSeconds(reader.Number("RequestTimeoutSeconds", 30, 1, 35)),
            MaxConnections = reader.Number("MaxConnections", 4, 1, 100),
            Faults = reader.Faults,
        };
    }

    public void Dispose()
    {
        Key?.Dispose();
        Certificate?.Dispose();
    }

    private static string ReadEnvironment(SettingsReader reader, string? given)
    {
        var named = reader.Text("Environment");
        if (named is not null && given is not null && named != given)
            reader.Fault("Environment", $"is '{named}', and this credential is for '{given}'");
        var environment = given ?? named ?? ApnsEnvironment.Production;
        if (ApnsEnvironment.All.Contains(environment))
            return environment;
        reader.Fault("Environment", $"is '{environment}', and must be one of {string.Join(", ", ApnsEnvironment.All)}");
        return ApnsEnvironment.Production;
    }

    private static string ReadBundleId(SettingsReader reader, X509Certificate2? certificate)
    {
        if ((reader.Text("BundleId") ?? (certificate is null ? null : ClientCertificate.BundleId(certificate))) is { } bundleId)
            return bundleId;
        // A certificate that could not be read is fault enough: it might have named the app.
        return certificate is null && reader.Has("CertificateFile") ? "" : reader.Required("BundleId", "the app's bundle id, such as com.example.app");
    }

    private static string? ReadHost(SettingsReader reader)
    {
        if (reader.Text("Host") is not { } host)
            return null;
        if (Uri.CheckHostName(host) is UriHostNameType.Unknown)
            reader.Fault("Host", $"is '{host}', and must be a host name or address without scheme, port or path");
        return host;
    }

    private static (SigningKey? Key, X509Certificate2? Certificate) ReadCredential(SettingsReader reader, string environment, TimeProvider time)
    {
        var hasKey = reader.Has("KeyFile") || reader.Has("KeyId") || reader.Has("TeamId");
        var hasCertificate = reader.Has("CertificateFile") || reader.Has("CertificatePassword");
        if (hasKey && hasCertificate)
        {
            reader.Fault(
                reader.Has("CertificateFile") ? "CertificateFile" : "CertificatePassword",
                "is given beside a key (KeyFile, KeyId, TeamId): APNs takes one or the other");
        }
        else if (!hasKey && !hasCertificate)
        {
            reader.Fault("KeyFile", "is missing: the .p8 key of token authentication with KeyId and TeamId, or CertificateFile instead");
        }
        return (hasKey ? ReadKey(reader) : null, hasCertificate ? ClientCertificate.Read(reader, environment, time) : null);
    }

    private static SigningKey? ReadKey(SettingsReader reader)
    {
        var keyId = Identifier(reader, "KeyId", "the 10 characters that Apple names the key by");
        var teamId = Identifier(reader, "TeamId", "the 10 characters that Apple names the team by");
        reader.Required("KeyFile", "the .p8 file that Apple gave out with the key");
        return reader.File("KeyFile") is { } content && SigningKey.Load(reader, content) is { } key
            ? new SigningKey(key, keyId, teamId)
            : null;
    }

    private static string Identifier(SettingsReader reader, string name, string meaning)
    {
        var text = reader.Required(name, meaning);
        if (text.Length > 0 && (text.Length != IdentifierLength || !text.All(char.IsAsciiLetterOrDigit)))
            reader.Fault(name, $"is '{text}', and must be {meaning}: letters and digits");
        return text;
    }
}
