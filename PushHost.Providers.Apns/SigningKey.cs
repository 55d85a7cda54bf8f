using System.Security.Cryptography;
using System.Text;
using PushHost.Providers.Settings;

namespace PushHost.Providers.Apns;

/// <summary>The private key of token authentication (a <c>.p8</c> file) and Apple's names for it and its team.</summary>
internal sealed class SigningKey(ECDsa key, string keyId, string teamId) : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";

    public string KeyId { get; } = keyId;

    public string TeamId { get; } = teamId;

    /// <summary>Tells this key from every other, whatever it is called.</summary>
    public string Fingerprint { get; } = $"{teamId}/{keyId}/{Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))}";

    /// <summary>An ES256 signature in the form of JOSE: r and s, 32 bytes each.</summary>
    public byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => key.Dispose();

    /// <summary>Reads a key from PEM, or from bare DER. It stays in memory: no key store and no user profile is needed.</summary>
    public static ECDsa? Load(SettingsReader reader, byte[] content)
    {
        var key = ECDsa.Create();
        try
        {
            if (content.AsSpan().IndexOf("-----BEGIN"u8) >= 0)
                key.ImportFromPem(Encoding.UTF8.GetString(content));
            else
                key.ImportPkcs8PrivateKey(content, out _);
            var curve = key.ExportParameters(includePrivateParameters: true).Curve.Oid;
            if (curve.Value == P256 || curve.FriendlyName is "nistP256" or "ECDSA_P256")
                return key;
            reader.Fault("KeyFile", $"holds a key on the curve {curve.FriendlyName ?? curve.Value}, and APNs takes P-256 only");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            reader.Fault("KeyFile", $"is not a private key as Apple gives out (.p8: -----BEGIN PRIVATE KEY-----): {error.Message}");
        }
        key.Dispose();
        return null;
    }
}
