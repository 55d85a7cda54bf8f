using System.Diagnostics;
using System.Globalization;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Memory;

/// <summary>An import of a million devices and a send to all of them, through a gateway that answers at once: what the host has resident meanwhile.</summary>
internal static class MemoryBenchmark
{
    private const long LimitMegabytes = 400;

    public static async Task<int> RunAsync(string[] args)
    {
        var devices = args.Number("--devices", 1_000_000);
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var simulator = await SimulatorChild.StartAsync(folder);
            await using var host = await HostChild.StartAsync(folder, simulator.ApnsPort);
            var started = Stopwatch.GetTimestamp();
            await host.ImportAsync(BenchmarkDevices.Tokens(devices));
            Print("import", devices, started, host.Process.PeakMemory);

            started = Stopwatch.GetTimestamp();
            var most = 0L;
            var counts = await host.CompletedAsync(await host.SendToAllAsync(), () => most = Math.Max(most, host.Process.Memory));
            Print("send", devices, started, most);
            Console.WriteLine($"counts {counts}");

            var peak = host.Process.PeakMemory >> 20;
            var exact = counts.GetProperty("accepted").GetInt64() == devices && counts.GetProperty("total").GetInt64() == devices;
            Console.WriteLine($"the most the host ever had resident: {peak} MB, limit {LimitMegabytes} MB; counters {(exact ? "exact" : "WRONG")}");
            return exact && peak < LimitMegabytes ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string name, int devices, long started, long memory) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-8} {devices / Stopwatch.GetElapsedTime(started).TotalSeconds,9:0} devices/s  {memory >> 20,5} MB at most"));
}
