using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushHost.Simulator.OAuth;

/// <summary>Checks service-account assertions as "Using OAuth 2.0 for Server to Server Applications" (Google Identity) says.</summary>
internal sealed class AssertionRules(RSA key, string clientEmail, string audience)
{
    private const long MaxLifetimeSeconds = 3600;

    // Google documents no tolerance; its servers are known to forgive a small skew.
    private const long SkewSeconds = 60;

    private static readonly string[] Scopes =
        ["https://www.googleapis.com/auth/firebase.messaging", "https://www.googleapis.com/auth/cloud-platform"];

    /// <returns>What is wrong, for <c>error_description</c>; null if nothing is.</returns>
    public string? Check(string assertion, DateTimeOffset now)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3)
            return "The assertion is not a JWT.";
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            if (Text(header, "alg") != "RS256")
                return "The assertion's alg must be RS256.";
            var signed = Encoding.ASCII.GetBytes(assertion, 0, parts[0].Length + 1 + parts[1].Length);
            if (!key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                return "Invalid JWT Signature.";
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return CheckClaims(claims, now.ToUnixTimeSeconds());
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException or CryptographicException)
        {
            return "The assertion is malformed.";
        }
    }

    private string? CheckClaims(JsonDocument claims, long now)
    {
        if (Text(claims, "iss") != clientEmail)
            return "Invalid issuer: not a valid email or user ID.";
        if (Text(claims, "aud") != audience)
            return $"Invalid audience: it must be {audience}.";
        if (Text(claims, "scope") is not { } scope || !scope.Split(' ').Intersect(Scopes).Any())
            return "Invalid scope: it must be https://www.googleapis.com/auth/firebase.messaging.";
        if (Seconds(claims, "iat") is not { } issued || Seconds(claims, "exp") is not { } expires)
            return "Invalid JWT: iat and exp must be numbers of seconds.";
        if (expires - issued > MaxLifetimeSeconds || expires <= issued)
            return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.";
        return expires <= now || issued > now + SkewSeconds
            ? "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values."
            : null;
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Seconds(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? seconds
            : null;
}
