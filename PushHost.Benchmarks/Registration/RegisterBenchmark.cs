using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Registration;

/// <summary>Devices registered by single POSTs of 64 callers, each on disk when it is answered; beside them, by the same callers, the bare endpoint of
/// <see cref="ReferenceServer"/>. Median of several rounds; both are warmed.</summary>
internal static class RegisterBenchmark
{
    private const int Callers = 64;
    private const int Rounds = 5;
    private const int WarmUps = 2;
    private const double LeastShare = 0.5;

    public static async Task<int> RunAsync(string[] args)
    {
        var devices = args.Number("--devices", 20_000);
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            var reference = await BareAsync(folder, devices);
            await using var simulator = await SimulatorChild.StartAsync(folder);
            await using var host = await HostChild.StartAsync(folder, simulator.ApnsPort);
            var measured = await MeasureAsync(host.Client, host.Process, devices);

            Print("bare endpoint, grouped commits", reference);
            Print("PushHost", measured);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{measured.Rate / reference.Rate:0.00} of the bare endpoint's rate, at least {LeastShare} wanted"));
            return measured.Rate >= LeastShare * reference.Rate ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Rate, double Cpu)> BareAsync(string folder, int devices)
    {
        await using var bare = ChildProcess.Start(null, folder, null, "reference-registration", folder);
        using var client = await HostChild.ClientAsync(bare);
        return await MeasureAsync(client, bare, devices);
    }

    private static async Task<(double Rate, double Cpu)> MeasureAsync(HttpClient client, ChildProcess process, int devices)
    {
        var rates = new List<double>();
        var cpu = 0.0;
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            var before = process.CpuSeconds;
            var started = Stopwatch.GetTimestamp();
            await RegisterAsync(client, round * devices, devices);
            if (round < WarmUps)
                continue;
            rates.Add(devices / Stopwatch.GetElapsedTime(started).TotalSeconds);
            cpu += process.CpuSeconds - before;
        }
        rates.Sort();
        return (rates[Rounds / 2], cpu / Rounds / devices * 10_000);
    }

    private static async Task RegisterAsync(HttpClient client, int first, int count)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index <= count)
            {
                using var answer = await client.PostAsJsonAsync("/devices", new Registration(
                    "apns", BenchmarkDevices.Token(first + index), $"user-{first + index}", "Ann's phone", "en-GB", "Europe/London", "5.4.3"));
                answer.EnsureSuccessStatusCode();
            }
        }));
    }

    private static void Print(string name, (double Rate, double Cpu) measured) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-32} {measured.Rate,8:0} registrations/s  {measured.Cpu,6:0.00} CPU s per 10,000"));
}

/// <summary>What a phone says of itself.</summary>
internal sealed record Registration(string Provider, string RegistrationId, string UserId, string Name, string Locale, string TimeZone, string AppVersion);
