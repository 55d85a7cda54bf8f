using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PushHost.Providers;
using PushHost.Providers.Gcm;
using PushHost.Providers.Settings;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Gcm;

/// <summary>A simulated gateway and a provider for it, on one faked clock.</summary>
internal sealed class GcmHost : IAsyncDisposable
{
    private bool _isGatewayStopped;

    private GcmHost(GatewaySimulator simulator, FakeTimeProvider time, IPushProvider provider)
    {
        Simulator = simulator;
        Time = time;
        Provider = provider;
        Hello = provider.Encode(new Rendering { Message = new PushMessage { Body = "Hello" } });
    }

    public GatewaySimulator Simulator { get; }

    public FakeTimeProvider Time { get; }

    public IPushProvider Provider { get; }

    public EncodedPayload Hello { get; }

    public static Task<GcmHost> FcmAsync(params (string Name, string Value)[] settings) => FcmAsync(null, settings);

    public static Task<GcmHost> FcmAsync(Func<IPAddress, bool>? mayConnectTo, params (string Name, string Value)[] settings) => StartAsync(mayConnectTo, simulator =>
    [
        ("ServiceAccountFile", simulator.Credentials.ServiceAccountJson),
        ("Endpoint", $"https://localhost:{simulator.FcmPort}"),
        .. settings,
    ]);

    public static Task<GcmHost> LegacyAsync(params (string Name, string Value)[] settings) => LegacyAsync(null, settings);

    public static Task<GcmHost> LegacyAsync(Func<IPAddress, bool>? mayConnectTo, params (string Name, string Value)[] settings) => StartAsync(mayConnectTo, simulator =>
    [
        ("ApiKey", simulator.Credentials.LegacyApiKey),
        ("PostUrl", $"https://localhost:{simulator.FcmPort}/gcm/send"),
        .. settings,
    ]);

    /// <summary>Delivers the message to these tokens and answers their verdicts in order.</summary>
    public async Task<Verdict[]> DeliverAsync(params string[] tokens) => await DeliverAsync(Batches.Of(Hello, tokens));

    public async Task<Verdict[]> DeliverAsync(Batch batch)
    {
        var sink = new TestSink();
        await Provider.DeliverAsync(batch, sink, CancellationToken.None);
        return [.. batch.Recipients.Select((_, index) => sink[index])];
    }

    public async Task StopGatewayAsync()
    {
        if (_isGatewayStopped)
            return;
        _isGatewayStopped = true;
        await Simulator.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await StopGatewayAsync();
    }

    private static async Task<GcmHost> StartAsync(
        Func<IPAddress, bool>? mayConnectTo, Func<GatewaySimulator, (string Name, string Value)[]> settings)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
        var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Time = time });
        var values = settings(simulator).Append(("CaCertificatesFile", simulator.CertificatePem))
            .GroupBy(setting => setting.Item1).ToDictionary(setting => setting.Key, setting => setting.Last().Item2);
        var bag = new CredentialSettings(values, null, Encoding.UTF8.GetBytes);
        var factory = new GcmProviderFactory();
        var faults = factory.Check(bag);
        if (faults.Count > 0)
            throw new InvalidOperationException(string.Join("; ", faults));
        var services = new ProviderServices { Time = time, Loggers = NullLoggerFactory.Instance, MayConnectTo = mayConnectTo };
        return new GcmHost(simulator, time, factory.Create(bag, services));
    }
}
