using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PushHost.Providers.Http2;

/// <summary>Decides whether a gateway's certificate is trusted: by the system, or by certificates trusted for this gateway beside it.
/// The name must be right either way.</summary>
public static class ServerTrust
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>A callback for <see cref="SslClientAuthenticationOptions"/>; null when only the system's own trust counts.</summary>
    /// <param name="trusted">Roots, or self-signed server certificates, to trust beside the system's.</param>
    public static RemoteCertificateValidationCallback? Callback(X509Certificate2Collection trusted) =>
        trusted.Count == 0 ? null : (_, certificate, chain, errors) => errors switch
        {
            SslPolicyErrors.None => true,
            SslPolicyErrors.RemoteCertificateChainErrors => certificate is X509Certificate2 leaf && IsTrusted(leaf, chain, trusted),
            _ => false,
        };

    private static bool IsTrusted(X509Certificate2 leaf, X509Chain? presented, X509Certificate2Collection trusted)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(leaf);
    }
}
