namespace PushHost.Benchmarks.Support;

/// <summary>The real host in a process of its own, with its database in a folder, and beside it the simulated gateways.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string AdminKey = HostChild.AdminKey;

    private readonly SimulatorChild _simulator;
    private readonly HostChild _host;

    private HostProcess(SimulatorChild simulator, HostChild host)
    {
        _simulator = simulator;
        _host = host;
    }

    public ChildProcess Host => _host.Process;

    public Uri Address => _host.Client.BaseAddress!;

    public static async Task<HostProcess> StartAsync(string folder)
    {
        var simulator = await SimulatorChild.StartAsync(folder);
        var more = new Dictionary<string, string> { ["PushHost__Cors__Origins"] = "https://admin.example.com" };
        return new HostProcess(simulator, await HostChild.StartAsync(folder, simulator.ApnsPort, more));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _simulator.DisposeAsync();
    }
}
