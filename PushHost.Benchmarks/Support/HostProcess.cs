using System.Globalization;
using System.Text.Json;

namespace PushHost.Benchmarks.Support;

/// <summary>The real host in a process of its own, with its database in a folder, and beside it the simulated gateways.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string AdminKey = "benchmark-benchmark-benchmark-0001";
    private readonly ChildProcess _simulator;

    private HostProcess(ChildProcess simulator, ChildProcess host, Uri address)
    {
        _simulator = simulator;
        Host = host;
        Address = address;
    }

    public ChildProcess Host { get; }

    public Uri Address { get; }

    public static async Task<HostProcess> StartAsync(string folder)
    {
        var simulator = ChildProcess.Start(
            null, folder, null, "simulator", "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--outbox", "0", "--json", "--credentials", folder);
        var ports = JsonSerializer.Deserialize<JsonElement>(await simulator.LineAsync());
        var settings = Settings(folder, ports.GetProperty("apnsPort").GetInt32());
        var host = ChildProcess.Start("PushHost.dll", folder, settings, "serve", "--urls", "http://127.0.0.1:0");
        return new HostProcess(simulator, host, await AddressAsync(host));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    /// <summary>Waits for the line that says where a host listens.</summary>
    public static async Task<Uri> AddressAsync(ChildProcess host)
    {
        const string Listening = "Now listening on: ";
        string line;
        do
            line = await host.LineAsync();
        while (!line.Contains(Listening, StringComparison.Ordinal));
        host.IgnoreOutput();
        return new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
    }

    /// <summary>The settings of a host whose APNs is the simulator of a folder.</summary>
    public static Dictionary<string, string> Settings(string folder, int apnsPort) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        ["PushHost__AdminKey"] = AdminKey,
        ["PushHost__Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "pushhost.db")}",
        ["PushHost__Cors__Origins"] = "https://admin.example.com",
        ["PushHost__Apps__default__Providers__apns__KeyFile"] = Path.Combine(folder, "AuthKey.p8"),
        ["PushHost__Apps__default__Providers__apns__KeyId"] = "SIMKEY0001",
        ["PushHost__Apps__default__Providers__apns__TeamId"] = "SIMTEAM001",
        ["PushHost__Apps__default__Providers__apns__BundleId"] = "com.example.pushhost",
        ["PushHost__Apps__default__Providers__apns__Host"] = "localhost",
        ["PushHost__Apps__default__Providers__apns__Port"] = apnsPort.ToString(CultureInfo.InvariantCulture),
        ["PushHost__Apps__default__Providers__apns__CaCertificatesFile"] = Path.Combine(folder, "simulator.pem"),
    };
}
