using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace PushHost.Benchmarks.Support;

/// <summary>The simulated gateways, which answer at once, in a process of their own.</summary>
internal sealed class SimulatorChild : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _control;

    private SimulatorChild(ChildProcess process, JsonElement ports)
    {
        _process = process;
        ApnsPort = ports.GetProperty("apnsPort").GetInt32().ToString(CultureInfo.InvariantCulture);
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.GetProperty("controlPort").GetInt32()}") };
    }

    public string ApnsPort { get; }

    /// <param name="folder">Where its credentials go.</param>
    /// <param name="tally">Whether it counts by recipient.</param>
    public static async Task<SimulatorChild> StartAsync(string folder, bool tally = false)
    {
        var process = ChildProcess.Start(null, folder, null, [
            "simulator", "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--outbox", "0", "--json", "--credentials", folder,
            .. tally ? ["--tally"] : Array.Empty<string>()]);
        return new SimulatorChild(process, JsonSerializer.Deserialize<JsonElement>(await process.LineAsync()));
    }

    /// <summary>Sets a fault, as the control port describes it.</summary>
    public async Task FaultAsync(object fault) => (await _control.PostAsJsonAsync("/faults", fault)).EnsureSuccessStatusCode();

    /// <summary>When each APNs recipient was last sent to, by token.</summary>
    public async Task<Dictionary<string, DateTimeOffset>> ArrivalsAsync() =>
        (await _control.GetFromJsonAsync<List<Arrival>>("/recipients?gateway=apns"))!.ToDictionary(arrival => arrival.Token, arrival => arrival.Last, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
    }

    private sealed record Arrival(string Token, DateTimeOffset Last);
}
