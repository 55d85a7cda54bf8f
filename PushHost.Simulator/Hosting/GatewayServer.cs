using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using PushHost.Simulator.Http2;

namespace PushHost.Simulator.Hosting;

/// <summary>The Kestrel server under the simulated gateways: TLS ports with a frame gate on each connection, and a plain control port.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    // The gate sets the limit that clients see; Kestrel's own only has to be out of the way.
    private const int KestrelStreamLimit = 200_000;

    private readonly WebApplicationBuilder _builder = WebApplication.CreateEmptyBuilder(new());
    private readonly X509Certificate2 _certificate;
    private WebApplication? _host;

    public GatewayServer(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(SetLimits);
    }

    /// <summary>Adds a TLS port for a gateway.</summary>
    /// <returns>Its actual port, once started.</returns>
    public Func<int> AddGateway(int port, Gateway gateway, IEndpoint endpoint, HttpProtocols protocols, Func<ConnectionContext, int> streamLimit) =>
        Listen(port, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                if (!gateway.IsAway)
                    return next(connection);
                FrameGate.ResetConnection(connection);
                return Task.CompletedTask;
            });
            listen.UseHttps(UseCertificate);
            listen.Use(next => connection => RunAsync(connection, next, gateway, endpoint, streamLimit));
        });

    /// <summary>Adds a plain HTTP/1.1 port.</summary>
    /// <returns>Its actual port, once started.</returns>
    public Func<int> AddPlain(int port, IEndpoint endpoint) => Listen(port, listen =>
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Features.Set(endpoint);
            return next(connection);
        });
    });

    /// <exception cref="IOException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _host = _builder.Build();
        await _host.Services.GetRequiredService<IServer>().StartAsync(new EndpointApplication(), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        // Cancelled from the start: requests held by a fault would never end by themselves.
        await _host.Services.GetRequiredService<IServer>().StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }

    private Func<int> Listen(int port, Action<ListenOptions> configure)
    {
        ListenOptions? listening = null;
        _builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            configure(listen);
            listening = listen;
        }));
        return () => listening?.IPEndPoint?.Port ?? throw new InvalidOperationException("The server has not started.");
    }

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
        kestrel.Limits.Http2.MaxStreamsPerConnection = KestrelStreamLimit;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
    }

    private void UseCertificate(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificate = _certificate;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        // Any client certificate may connect; the gateway answers BadCertificate to a wrong one, as the real one does.
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (_, _, _) => true;
    }

    private static async Task RunAsync(
        ConnectionContext connection, ConnectionDelegate next, Gateway gateway, IEndpoint endpoint, Func<ConnectionContext, int> streamLimit)
    {
        var isHttp2 = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span
            .SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span) == true;
        var transport = connection.Transport;
        var gate = isHttp2 ? new FrameGate(connection, streamLimit(connection), gateway.Options, gateway.Connections) : null;
        connection.Features.Set(endpoint);
        connection.Features.Set(new ConnectionFeature(connection, gate, gateway.NewConnectionState(connection)));
        gateway.Connections.Opened();
        if (gate is not null)
        {
            connection.Transport = gate;
            gateway.Opened(gate);
        }
        try
        {
            await next(connection);
        }
        finally
        {
            if (gate is not null)
            {
                gateway.Closed(gate);
                // The answers that a goodbye still owes are written by then, and perhaps not sent.
                await gate.WaitUntilSentAsync();
            }
            gateway.Connections.Closed();
            connection.Transport = transport;
        }
    }
}
