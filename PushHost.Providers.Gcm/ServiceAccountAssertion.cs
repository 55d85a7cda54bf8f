using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>The signed statement (RS256 JWT) that a service account trades for an access token
/// (Google, "Using OAuth 2.0 for Server to Server Applications").</summary>
internal static class ServiceAccountAssertion
{
    private const string Scope = "https://www.googleapis.com/auth/firebase.messaging";

    // The longest Google takes.
    private const int LifetimeSeconds = 3600;

    public static string Sign(ServiceAccount account, RSA key, DateTimeOffset now)
    {
        var issuedAt = now.ToUnixTimeSeconds();
        var header = new Dictionary<string, string> { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (account.PrivateKeyId is { } keyId)
            header["kid"] = keyId;
        var claims = new Dictionary<string, object>
        {
            ["iss"] = account.ClientEmail,
            ["scope"] = Scope,
            ["aud"] = account.TokenUri.OriginalString,
            ["iat"] = issuedAt,
            ["exp"] = issuedAt + LifetimeSeconds,
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
