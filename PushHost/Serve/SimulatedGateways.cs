using PushHost.Simulator;

namespace PushHost.Serve;

/// <summary>The gateways of a development server without credentials: the simulator, in the same process.</summary>
internal sealed class SimulatedGateways : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly GatewaySimulator _simulator;

    private SimulatedGateways(TempFolder folder, GatewaySimulator simulator)
    {
        _folder = folder;
        _simulator = simulator;
    }

    /// <summary>Starts them and adds their credentials to the settings, if this is the Development environment and the settings have no credential.</summary>
    /// <returns>Null when the settings' own gateways are used.</returns>
    public static async Task<SimulatedGateways?> StartIfWantedAsync(IHostApplicationBuilder builder, CancellationToken cancellationToken)
    {
        if (!builder.Environment.IsDevelopment() || HasCredential(builder.Configuration))
            return null;
        var folder = new TempFolder("pushhost-gateways-");
        try
        {
            var simulator = await GatewaySimulator.StartAsync(ct: cancellationToken);
            simulator.Credentials.WriteTo(folder.Path);
            builder.Configuration.AddInMemoryCollection(GatewaySettings.Of(new SimulatorAddress
            {
                ApnsPort = simulator.ApnsPort,
                FcmPort = simulator.FcmPort,
                ControlPort = simulator.ControlPort,
                ApnsKeyId = simulator.Credentials.ApnsKeyId,
                ApnsTeamId = simulator.Credentials.ApnsTeamId,
                ApnsBundleId = simulator.Credentials.ApnsBundleId,
            }, folder.Path));
            return new SimulatedGateways(folder, simulator);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Says in one line that nothing reaches a phone, and where to look at what arrived.</summary>
    public void Announce(TextWriter output) => output.WriteLine(
        $"No credential is configured: APNs and FCM are simulated, and http://localhost:{_simulator.ControlPort}/outbox shows what arrives (docs/simulator.md).");

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _folder.Dispose();
    }

    private static bool HasCredential(IConfiguration configuration) =>
        configuration.GetSection("PushHost:Apps").GetChildren().Any(app => app.GetSection("Providers").GetChildren().Any());
}
