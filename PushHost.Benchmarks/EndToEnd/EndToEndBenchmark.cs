using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.EndToEnd;

/// <summary>A send to many devices through APNs with every verdict recorded in SQLite: gateway and sender in processes of their own,
/// and beside it, against the same gateway, the bare loop of <see cref="ReferenceLoop"/>. Both are warmed by the same number of rounds that aren't counted:
/// code that was just compiled costs several times as much.</summary>
internal static class EndToEndBenchmark
{
    /// <summary>Rounds before the one that counts.</summary>
    public const int WarmUps = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var devices = args.Number("--devices", 100_000);
        var inFlight = args.Number("--in-flight", 0);
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var simulator = await SimulatorChild.StartAsync(folder);
            var reference = await ReferenceAsync(folder, simulator.ApnsPort, devices);
            var (sent, accepted) = await HostAsync(folder, simulator.ApnsPort, devices, inFlight);
            Print("bare loop, 1,000 in flight", reference, devices);
            Print("PushHost, recorded", sent, devices);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CPU per message: {sent.CpuSeconds / reference.CpuSeconds:0.00} times the bare loop"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accepted {accepted} of {devices}"));
            return accepted == devices ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measured> ReferenceAsync(string folder, string apnsPort, int messages)
    {
        await using var loop = ChildProcess.Start(null, folder, null, "reference-loop", folder, apnsPort, messages.ToString(CultureInfo.InvariantCulture));
        for (var round = 0; round < WarmUps; round++)
            await loop.LineAsync();
        return JsonSerializer.Deserialize<Measured>(await loop.LineAsync())!;
    }

    private static async Task<(Measured Sent, long Accepted)> HostAsync(string folder, string apnsPort, int devices, int inFlight)
    {
        var more = new Dictionary<string, string>();
        if (inFlight > 0)
            more["PushHost__Delivery__MaxInFlight"] = inFlight.ToString(CultureInfo.InvariantCulture);
        await using var host = await HostChild.StartAsync(folder, apnsPort, more);
        await host.ImportAsync(BenchmarkDevices.Tokens(devices));
        for (var round = 0; round < WarmUps; round++)
            await host.CompletedAsync(await host.SendToAllAsync());
        var cpu = host.Process.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        var counts = await host.CompletedAsync(await host.SendToAllAsync());
        return (
            new Measured(Stopwatch.GetElapsedTime(started).TotalSeconds, host.Process.CpuSeconds - cpu, host.Process.PeakMemory),
            counts.GetProperty("accepted").GetInt64());
    }

    private static void Print(string name, Measured measured, int messages) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-28} {messages / measured.Seconds,9:0} messages/s  {measured.CpuSeconds / messages * 10_000,6:0.000} CPU s per 10,000  {measured.PeakBytes >> 20,5} MB peak"));
}
