using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PushHost.Providers;
using PushHost.Providers.Apns;
using PushHost.Providers.Settings;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Apns;

/// <summary>A provider with a simulated APNs behind it.</summary>
internal sealed class SimulatedApns : IAsyncDisposable
{
    private readonly GatewaySimulator _simulator;
    private readonly IPushProvider _provider;

    private SimulatedApns(GatewaySimulator simulator, IPushProvider provider)
    {
        _simulator = simulator;
        _provider = provider;
    }

    public ApnsGateway Gateway => _simulator.Apns;

    public static async Task<SimulatedApns> StartAsync(
        SimulatorOptions? options = null,
        TimeProvider? time = null,
        bool withCertificate = false,
        ILoggerFactory? loggers = null,
        params (string Name, string Value)[] settings)
    {
        var simulator = await GatewaySimulator.StartAsync(options);
        var credentials = simulator.Credentials;
        var files = new Dictionary<string, byte[]>
        {
            ["ca"] = Encoding.UTF8.GetBytes(simulator.CertificatePem),
            ["key"] = Encoding.UTF8.GetBytes(credentials.ApnsKeyPem),
            ["p12"] = credentials.ClientCertificateP12,
        };
        var values = new Dictionary<string, string>
        {
            ["Host"] = simulator.Host,
            ["Port"] = simulator.ApnsPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["CaCertificatesFile"] = "ca",
            ["BundleId"] = credentials.ApnsBundleId,
        };
        if (withCertificate)
        {
            values["CertificateFile"] = "p12";
            values["CertificatePassword"] = credentials.ClientCertificatePassword;
        }
        else
        {
            values["KeyFile"] = "key";
            values["KeyId"] = credentials.ApnsKeyId;
            values["TeamId"] = credentials.ApnsTeamId;
        }
        foreach (var (name, value) in settings)
            values[name] = value;
        var factory = new ApnsProviderFactory();
        var credential = new CredentialSettings(values, "production", name => files[name]);
        if (factory.Check(credential) is { Count: > 0 } faults)
            throw new InvalidOperationException(string.Join("; ", faults));
        var services = new ProviderServices { Time = time ?? TimeProvider.System, Loggers = loggers ?? NullLoggerFactory.Instance };
        return new SimulatedApns(simulator, factory.Create(credential, services));
    }

    /// <summary>Token number <paramref name="number"/>.</summary>
    public static string Token(int number) => $"{number:x8}".PadLeft(64, 'a');

    public EncodedPayload Encode(PushMessage message) => _provider.Encode(new Rendering { Message = message });

    public Task<RecordingSink> SendAsync(params string[] tokens) => SendAsync(new PushMessage { Body = "Hi" }, Expiry.GatewayDefault, tokens);

    public async Task<RecordingSink> SendAsync(PushMessage message, Expiry expiry, params string[] tokens)
    {
        var sink = new RecordingSink();
        await DeliverAsync(sink, message, expiry, tokens, CancellationToken.None);
        return sink;
    }

    public Task DeliverAsync(IVerdictSink sink, PushMessage message, Expiry expiry, string[] tokens, CancellationToken cancellationToken)
    {
        var payload = Encode(message);
        var batch = new Batch
        {
            Expiry = expiry,
            Recipients =
            [
                .. tokens.Select(token => new Recipient
                {
                    Target = new Target(TargetKind.Registration, token),
                    Payload = payload,
                    Id = Guid.NewGuid(),
                }),
            ],
        };
        return _provider.DeliverAsync(batch, sink, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _simulator.DisposeAsync();
    }
}
