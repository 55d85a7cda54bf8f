using System.Diagnostics;
using System.Globalization;
using PushHost.Benchmarks.EndToEnd;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Scale;

/// <summary>A send to many devices by one, two and three hosts that share an empty PostgreSQL database, the gateway in a process of its own. First as fast as it
/// goes, then with a gateway that answers late, where what is in flight is what counts.</summary>
internal static class ScaleBenchmark
{
    private const int MaxHosts = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, "--postgres");
        if (at < 0 || at + 1 >= args.Length)
        {
            Console.Error.WriteLine("scale needs --postgres CONNECTION: an empty database, such as 'Host=127.0.0.1;Database=benchmark;Username=postgres'");
            return 2;
        }
        var devices = args.Number("--devices", 50_000);
        var latency = args.Number("--latency", 100);
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var simulator = await SimulatorChild.StartAsync(folder);
            var storage = new Dictionary<string, string>
            {
                ["PushHost__Storage__Provider"] = "postgres",
                ["PushHost__Storage__ConnectionString"] = args[at + 1],
            };

            var exact = true;
            var imported = false;
            foreach (var delay in new[] { 0, latency })
            {
                if (delay > 0)
                    await simulator.FaultAsync(new { gateway = "apns", all = true, kind = "slow", delayMilliseconds = delay });
                Console.WriteLine(delay == 0 ? "gateway answers at once" : $"gateway answers after {delay} ms");
                for (var hosts = 1; hosts <= MaxHosts; hosts++)
                {
                    exact &= await MeasureAsync(folder, simulator.ApnsPort, storage, hosts, imported ? 0 : devices, devices);
                    imported = true;
                }
            }
            return exact ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(string folder, string apnsPort, Dictionary<string, string> storage, int count, int import, int devices)
    {
        var hosts = new List<HostChild>();
        try
        {
            for (var i = 0; i < count; i++)
                hosts.Add(await HostChild.StartAsync(folder, apnsPort, storage));
            if (import > 0)
                await ImportAsync(hosts[0], import);
            for (var round = 0; round < EndToEndBenchmark.WarmUps; round++)
                await SendAsync(hosts[round % count]);
            var (cpu, databaseCpu) = (hosts.Sum(host => host.Process.CpuSeconds), DatabaseCpu());
            var started = Stopwatch.GetTimestamp();
            var accepted = await SendAsync(hosts[0]);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} host{(count > 1 ? "s" : " ")} {devices / seconds,8:0} messages/s  {(hosts.Sum(host => host.Process.CpuSeconds) - cpu) / devices * 10_000,6:0.000} CPU s per 10,000 of hosts  "
                + $"{(DatabaseCpu() - databaseCpu) / devices * 10_000,6:0.000} of PostgreSQL  accepted {accepted} of {devices}"));
            return accepted == devices;
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    // Where the server runs on another machine there is nothing to see of it. Its processes name what they do: "postgres: writer", "postgres: user database".
    private static double DatabaseCpu()
    {
        var sum = 0.0;
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
                    sum += process.TotalProcessorTime.TotalSeconds;
            }
        }
        return sum;
    }

    private static async Task ImportAsync(HostChild host, int devices)
    {
        var started = Stopwatch.GetTimestamp();
        await host.ImportAsync(BenchmarkDevices.Tokens(devices));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"imported {devices / Stopwatch.GetElapsedTime(started).TotalSeconds:0} devices/s"));
    }

    private static async Task<long> SendAsync(HostChild host) =>
        (await host.CompletedAsync(await host.SendToAllAsync())).GetProperty("accepted").GetInt64();
}
