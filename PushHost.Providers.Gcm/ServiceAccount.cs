using System.Security.Cryptography;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>The key file that Google Cloud gives for a service account.</summary>
internal sealed class ServiceAccount
{
    private const int FewestKeyBits = 2048;

    public required string ClientEmail { get; init; }

    /// <summary>The private key, PKCS#8 in PEM form.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>Which of the account's keys it is; null if the file doesn't say.</summary>
    public string? PrivateKeyId { get; init; }

    /// <summary>Null if the file doesn't say.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Where access tokens come from.</summary>
    public required Uri TokenUri { get; init; }

    /// <summary>Reads the file's content; null with faults when anything but the project is missing or wrong.</summary>
    public static ServiceAccount? Read(byte[] content, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        faults = found;
        var json = content.AsMemory();
        if (json.Span.StartsWith("\uFEFF"u8))
            json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                found.Add("is not a service account's key: it must be a JSON object with client_email, private_key and token_uri");
                return null;
            }
            if (Text(root, "type") is { } type && type != "service_account")
                found.Add($"is of type '{type}', and must be the key of a service account (type service_account)");
            var account = new ServiceAccount
            {
                ClientEmail = Required(root, "client_email", found),
                PrivateKey = Required(root, "private_key", found),
                PrivateKeyId = Text(root, "private_key_id"),
                ProjectId = Text(root, "project_id"),
                TokenUri = ReadTokenUri(Required(root, "token_uri", found), found),
            };
            CheckKey(account.PrivateKey, found);
            return found.Count == 0 ? account : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader's own message repeats what it stumbled over, and that may be part of a secret.
            found.Add(error is JsonException { LineNumber: { } line } ? $"is not valid JSON (line {line + 1})" : "is not valid JSON");
            return null;
        }
    }

    /// <summary>The private key, to be disposed by the caller.</summary>
    /// <exception cref="CryptographicException">It is not an RSA key.</exception>
    /// <exception cref="ArgumentException">It is not in PEM form.</exception>
    public RSA ImportKey()
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(PrivateKey);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static void CheckKey(string pem, List<string> faults)
    {
        if (pem.Length == 0)
            return;
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            if (key.KeySize < FewestKeyBits)
                faults.Add($"has a private_key of {key.KeySize} bits, and Google takes {FewestKeyBits} or more");
            else
                key.SignHash(new byte[SHA256.HashSizeInBytes], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            faults.Add("has a private_key that is not an RSA private key in PEM form (-----BEGIN PRIVATE KEY-----)");
        }
    }

    private static Uri ReadTokenUri(string text, List<string> faults)
    {
        // The signed assertion is a credential: in clear it may only travel inside this machine.
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)))
            return uri;
        if (text.Length > 0)
            faults.Add($"has the token_uri '{text}', and it must be an https address such as https://oauth2.googleapis.com/token");
        return new Uri("https://oauth2.googleapis.com/token");
    }

    private static string Required(JsonElement root, string name, List<string> faults)
    {
        if (Text(root, name) is { } value)
            return value;
        faults.Add($"lacks {name}");
        return "";
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
