using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PushHost.Providers.Gcm;

/// <summary>HTTP for what needs no streams of its own: the token endpoint and legacy GCM.</summary>
internal static class PlainHttp
{
    /// <param name="trusted">Certificates trusted beside the system's.</param>
    /// <param name="maxConnections">The most connections to hold open.</param>
    public static HttpMessageInvoker Create(X509Certificate2Collection trusted, int maxConnections = 2) => new(new SocketsHttpHandler
    {
        // Neither speaks of redirects, and following one would hand our credential to whoever sent it.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = maxConnections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        SslOptions = { RemoteCertificateValidationCallback = trusted.Count == 0 ? null : (_, certificate, chain, errors) => Trusts(trusted, certificate, chain, errors) },
    });

    private static bool Trusts(X509Certificate2Collection trusted, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(leaf);
    }
}
