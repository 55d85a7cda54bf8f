using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PushHost.Providers.Gcm;
using PushHost.Providers.Settings;

namespace PushHost.Tests.Providers.Gcm;

/// <summary>Settings whose files are given as they are.</summary>
internal static class GcmFixture
{
    private static readonly RSA Key = RSA.Create(2048);

    public static string KeyPem { get; } = Key.ExportPkcs8PrivateKeyPem();

    public static Dictionary<string, string> Account() => new()
    {
        ["type"] = "service_account",
        ["project_id"] = "my-project",
        ["private_key_id"] = "key-1",
        ["private_key"] = KeyPem,
        ["client_email"] = "push@my-project.iam.gserviceaccount.com",
        ["token_uri"] = "https://token.example/token",
    };

    public static bool Verifies(byte[] signed, byte[] signature) => Key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static CredentialSettings Settings(params (string Name, string Value)[] values)
    {
        var read = values.ToDictionary(value => value.Name, value => value.Value);
        return new CredentialSettings(read, null, value =>
            value == "absent.json" ? throw new FileNotFoundException("Could not find file 'absent.json'") : Encoding.UTF8.GetBytes(value));
    }

    public static CredentialSettings WithAccount(Dictionary<string, string> account, params (string Name, string Value)[] values) =>
        Settings([("ServiceAccountFile", JsonSerializer.Serialize(account)), .. values]);

    public static ServiceAccount ReadAccount() => ServiceAccount.Read(JsonSerializer.SerializeToUtf8Bytes(Account()), out _)!;
}
