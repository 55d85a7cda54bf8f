using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PushHost.Simulator.Apns;
using PushHost.Simulator.Control;
using PushHost.Simulator.Fcm;
using PushHost.Simulator.Hosting;

namespace PushHost.Simulator;

/// <summary>APNs, FCM v1 with its token endpoint, and legacy GCM on loopback ports, as strict as the real ones, with faults to
/// program and an outbox to look into. Thread safe.</summary>
public sealed class GatewaySimulator : IAsyncDisposable
{
    internal const string HostName = "localhost";

    private readonly X509Certificate2 _certificate;
    private readonly GatewayServer _server;
    private readonly Func<int> _apnsPort;
    private readonly Func<int> _fcmPort;
    private readonly Func<int> _controlPort;
    private SimulatorCredentials? _credentials;

    private GatewaySimulator(SimulatorOptions options)
    {
        _certificate = SimulatorCertificates.MakeServer();
        _server = new GatewayServer(_certificate);
        Apns = new ApnsGateway(options);
        Fcm = new FcmGateway(options);
        _apnsPort = _server.AddGateway(options.ApnsPort, Apns, Apns, HttpProtocols.Http2, Apns.InitialStreamLimit);
        _fcmPort = _server.AddGateway(options.FcmPort, Fcm, Fcm, HttpProtocols.Http1AndHttp2, _ => Fcm.StreamLimit);
        _controlPort = _server.AddPlain(options.ControlPort, new ControlApi(this));
    }

    /// <summary>The host name that the certificate and the service account name: <c>localhost</c>.</summary>
    public string Host => HostName;

    /// <summary>Port of APNs: HTTP/2 over TLS only.</summary>
    public int ApnsPort => _apnsPort();

    /// <summary>Port of FCM v1 (<c>/v1/projects/…</c>), the token endpoint (<c>/token</c>) and legacy GCM (<c>/gcm/send</c>,
    /// <c>/fcm/send</c>): HTTP/2 or HTTP/1.1 over TLS.</summary>
    public int FcmPort => _fcmPort();

    /// <summary>Port of the control API: plain HTTP/1.1.</summary>
    public int ControlPort => _controlPort();

    /// <summary>The server's self-signed certificate in PEM: what a client has to trust.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>What the gateways accept.</summary>
    public SimulatorCredentials Credentials => _credentials ?? throw new InvalidOperationException("The simulator has not started.");

    /// <summary>The simulated Apple Push Notification service.</summary>
    public ApnsGateway Apns { get; }

    /// <summary>The simulated Firebase Cloud Messaging, with the token endpoint and legacy GCM.</summary>
    public FcmGateway Fcm { get; }

    /// <summary>Starts the gateways on the loopback address.</summary>
    /// <param name="options">Null takes the defaults.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<GatewaySimulator> StartAsync(SimulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SimulatorOptions();
        var simulator = new GatewaySimulator(options);
        try
        {
            await simulator._server.StartAsync(ct);
            var credentials = new SimulatorCredentials(options, simulator._certificate, simulator.FcmPort);
            simulator._credentials = credentials;
            simulator.Apns.Trust(credentials);
            simulator.Fcm.Trust(credentials);
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets faults, outboxes, counters, registered tokens and issued access tokens, and restores stream limits.</summary>
    public void Reset()
    {
        Apns.Reset();
        Fcm.Reset();
    }

    /// <summary>Stops; open connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }
}
