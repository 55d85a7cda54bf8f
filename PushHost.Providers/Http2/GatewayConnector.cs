using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace PushHost.Providers.Http2;

/// <summary>Opens a TCP connection with TLS and HTTP/2 agreed on. The name is looked up anew each time.</summary>
internal sealed class GatewayConnector(GatewayEndpoint endpoint, TimeProvider time)
{
    private readonly SslStreamCertificateContext? _clientCertificate = endpoint.ClientCertificate is { } certificate
        ? SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true)
        : null;

    private readonly RemoteCertificateValidationCallback? _trust = ServerTrust.Callback(endpoint.TrustedCertificates);

    /// <exception cref="IOException">It cannot be opened, whatever the cause; the message says why.</exception>
    public async Task<Stream> OpenAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(endpoint.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        Socket? socket = null;
        Stream? stream = null;
        try
        {
            // Fails when the process has no file descriptors left, which passes.
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await GuardedConnect.ConnectAsync(
                socket, new DnsEndPoint(endpoint.Address.IdnHost, endpoint.Address.Port), endpoint.MayConnectTo, either.Token);
            if (endpoint.Address.Scheme != Uri.UriSchemeHttps)
                return stream = new ScannedNetworkStream(socket, sink, time);

            var tls = new ScannedSslStream(new NetworkStream(socket, ownsSocket: true), sink, time);
            stream = tls;
            await tls.AuthenticateAsClientAsync(TlsOptions(), either.Token);
            return tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2
                ? tls
                : throw new IOException("the server does not speak HTTP/2");
        }
        catch (Exception error)
        {
            if (stream is not null)
                await stream.DisposeAsync();
            socket?.Dispose();
            throw new IOException(Describe(error), error);
        }
    }

    private SslClientAuthenticationOptions TlsOptions() => new()
    {
        TargetHost = endpoint.Address.IdnHost,
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateContext = _clientCertificate,
        RemoteCertificateValidationCallback = _trust,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    private string Describe(Exception error) => error switch
    {
        OperationCanceledException => $"no connection within {endpoint.ConnectTimeout.TotalSeconds:0} s",
        AuthenticationException { InnerException: { } inner } => $"TLS failed: {inner.Message}",
        AuthenticationException => $"TLS failed: {error.Message}",
        _ => error.Message,
    };
}
