using System.Net;
using System.Security.Cryptography.X509Certificates;
using PushHost.Providers.Http2;

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
        SslOptions = { RemoteCertificateValidationCallback = ServerTrust.Callback(trusted) },
    });
}
