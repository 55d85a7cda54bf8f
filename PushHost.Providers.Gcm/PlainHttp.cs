using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PushHost.Providers.Http2;

namespace PushHost.Providers.Gcm;

/// <summary>HTTP for what needs no streams of its own: the token endpoint and legacy GCM.</summary>
internal static class PlainHttp
{
    /// <param name="trusted">Certificates trusted beside the system's.</param>
    /// <param name="mayConnectTo">Asked about each address; null allows all.</param>
    /// <param name="maxConnections">The most connections to hold open.</param>
    public static HttpMessageInvoker Create(X509Certificate2Collection trusted, Func<IPAddress, bool>? mayConnectTo, int maxConnections = 2) => new(new SocketsHttpHandler
    {
        // Neither speaks of redirects, and following one would hand our credential to whoever sent it.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = maxConnections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        UseProxy = mayConnectTo is null,
        ConnectCallback = mayConnectTo is null ? null : (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, mayConnectTo, cancellationToken),
        SslOptions = { RemoteCertificateValidationCallback = ServerTrust.Callback(trusted) },
    });

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, Func<IPAddress, bool> mayConnectTo, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await GuardedConnect.ConnectAsync(socket, endPoint, mayConnectTo, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
