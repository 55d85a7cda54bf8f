using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PushHost.ServiceInterface.Security;

/// <summary>A key that is good: what it may do, and for which app.</summary>
/// <param name="Id">Tells keys apart.</param>
/// <param name="App">The app it is bound to; null for all.</param>
/// <param name="Granted">Its scopes.</param>
internal sealed record ApiKey(string Id, long? App, IReadOnlyList<string> Granted)
{
    public bool Has(string scope) => Granted.Contains(scope) || Granted.Contains(Scopes.Admin);

    /// <summary>A new key: <c>ph_</c> and 43 characters, 256 bits of chance.</summary>
    public static string Generate() => "ph_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a key. No salt or stretching: 256 bits of chance can't be guessed.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>What is shown of a key.</summary>
    public static string Prefix(string key) => key[..Math.Min(10, key.Length)];
}
