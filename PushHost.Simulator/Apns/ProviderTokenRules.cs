using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushHost.Simulator.Apns;

/// <summary>Checks provider tokens as "Establishing a token-based connection to APNs" (Apple Developer Documentation) says:
/// ES256, the right key and team, issued within an hour.</summary>
internal sealed class ProviderTokenRules(ECDsa key, string keyId, string teamId)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    /// <summary>Renewing more often on one connection is TooManyProviderTokenUpdates.</summary>
    public static readonly TimeSpan MinRenewal = TimeSpan.FromMinutes(20);

    /// <summary>Reads a token whose signature and names are right. False is InvalidProviderToken.</summary>
    public bool TryRead(string token, out DateTimeOffset issuedAt)
    {
        issuedAt = default;
        var firstDot = token.IndexOf('.', StringComparison.Ordinal);
        var lastDot = token.LastIndexOf('.');
        if (firstDot < 0 || firstDot == lastDot)
            return false;
        try
        {
            var signature = Base64Url.DecodeFromChars(token.AsSpan(lastDot + 1));
            if (!key.VerifyData(
                Encoding.ASCII.GetBytes(token, 0, lastDot), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
                return false;
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, firstDot)));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(firstDot + 1, lastDot - firstDot - 1)));
            if (!Is(header, "alg", "ES256") || !Is(header, "kid", keyId) || !Is(claims, "iss", teamId))
                return false;
            if (!claims.RootElement.TryGetProperty("iat", out var iat) || iat.ValueKind != JsonValueKind.Number || !iat.TryGetInt64(out var seconds))
                return false;
            issuedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static bool Is(JsonDocument document, string name, string value) =>
        document.RootElement.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);
}
