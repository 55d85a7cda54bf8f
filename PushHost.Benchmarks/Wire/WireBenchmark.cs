using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PushHost.Benchmarks.EndToEnd;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Wire;

/// <summary>What the wire costs: POST /devices and GET /devices/{Id} by REST, <c>/api/{Dto}</c> and <c>/json/reply/{Dto}</c>, beside the framework's own
/// minimal API doing the same. All run in one process and take turns in short rounds, so that a noisy machine disturbs them alike; what counts is CPU.</summary>
internal static class WireBenchmark
{
    private const int WarmUps = 3;
    private const int Devices = 10_000;

    // The bound to the bare API, and how far the three ways may lie apart.
    private const double MostOfBare = 1.5;
    private const double MostApart = 1.1;

    private static readonly WireCase[] Cases =
    [
        new("POST /devices", "bare", Bare: true, i => Post("/devices", i)),
        new("POST /devices", "REST", Bare: false, i => Post("/devices", i)),
        new("POST /devices", "/api/RegisterDevice", Bare: false, i => Post("/api/RegisterDevice", i)),
        new("POST /devices", "/json/reply/RegisterDevice", Bare: false, i => Post("/json/reply/RegisterDevice", i)),
        new("GET /devices/{Id}", "bare", Bare: true, i => Get($"/devices/{i + 1}")),
        new("GET /devices/{Id}", "REST", Bare: false, i => Get($"/devices/{i + 1}")),
        new("GET /devices/{Id}", "/api/GetDevice", Bare: false, i => Get($"/api/GetDevice?id={i + 1}")),
        new("GET /devices/{Id}", "/json/reply/GetDevice", Bare: false, i => Get($"/json/reply/GetDevice?id={i + 1}")),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var (requests, rounds, connections) = (args.Number("--requests", 20_000), args.Number("--rounds", 8), args.Number("--connections", 32));
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var hosts = ChildProcess.Start(null, folder, null, "wire-hosts", folder);
            var addresses = JsonSerializer.Deserialize<Uri[]>(await hosts.LineAsync())!;
            await RunAsync(Cases[1], addresses[0], Devices, connections);
            for (var round = -WarmUps; round < rounds; round++)
            {
                // Turned about, so that none always follows the same neighbour.
                foreach (var one in round % 2 == 0 ? Cases : Cases.Reverse())
                {
                    var (cpu, started) = (hosts.CpuSeconds, Stopwatch.GetTimestamp());
                    await RunAsync(one, addresses[one.Bare ? 1 : 0], requests, connections);
                    if (round >= 0)
                        one.Add(requests, hosts.CpuSeconds - cpu, Stopwatch.GetElapsedTime(started).TotalSeconds);
                }
            }
            return Cases.GroupBy(one => one.Group).Select(Report).ToList().TrueForAll(held => held) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Report(IGrouping<string, WireCase> group)
    {
        var bare = group.Single(one => one.Bare);
        var wire = group.Where(one => !one.Bare).ToList();
        foreach (var one in group)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Group,-18} {one.Name,-28} {one.Rate,8:0} req/s  {one.Cpu,6:0.000} CPU s per 10,000  {one.Cpu / bare.Cpu,5:0.00} times bare"));
        }
        var apart = wire.Max(one => one.Cpu) / wire.Min(one => one.Cpu);
        var most = wire.Max(one => one.Cpu) / bare.Cpu;
        var held = apart <= MostApart && most <= MostOfBare;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Key}: the three ways lie {(apart - 1) * 100:0.0} % apart (at most 10 wanted), the dearest costs {most:0.00} times bare (at most 1.5): {(held ? "held" : "NOT HELD")}"));
        return held;
    }

    private static async Task RunAsync(WireCase one, Uri address, int requests, int connections)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var connection = await RawConnection.OpenAsync(address);
            while (Interlocked.Increment(ref next) is var index && index < requests)
            {
                var answer = await connection.SendAsync(one.Request(index % Devices), CancellationToken.None);
                if (answer.Status is not (200 or 201))
                    throw new InvalidOperationException($"{one.Name} answered {answer.Status} {answer.Body}");
            }
        }));
    }

    private static byte[] Post(string path, int device)
    {
        var body = $$"""{"provider":"apns","registrationId":"{{BenchmarkDevices.Token(device)}}","userId":"user-{{device}}","tags":["en","sports"],"appVersion":"1.2.3"}""";
        return Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {HostProcess.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static byte[] Get(string path) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {HostProcess.AdminKey}\r\nAccept: application/json\r\n\r\n");
}

/// <summary>One way of asking for one thing, and what it has cost so far.</summary>
/// <param name="Group">What is asked for.</param>
/// <param name="Name">The way.</param>
/// <param name="Bare">Whether the bare API is asked.</param>
/// <param name="Request">The request for a device, by its number from 0.</param>
internal sealed record WireCase(string Group, string Name, bool Bare, Func<int, byte[]> Request)
{
    private readonly List<double> _rates = [];
    private readonly List<double> _cpus = [];

    /// <summary>Requests a second, in the round in the middle.</summary>
    public double Rate => Middle(_rates);

    /// <summary>CPU seconds for 10,000 requests, in the round in the middle.</summary>
    public double Cpu => Middle(_cpus);

    public void Add(int requests, double cpu, double seconds)
    {
        _rates.Add(requests / seconds);
        _cpus.Add(cpu / requests * 10_000);
    }

    private static double Middle(List<double> rounds) => rounds.Order().ElementAt(rounds.Count / 2);
}
