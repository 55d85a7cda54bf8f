using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
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
            await using var simulator = ChildProcess.Start(
                null, folder, null, "simulator", "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--outbox", "0", "--json", "--credentials", folder);
            var ports = JsonSerializer.Deserialize<JsonElement>(await simulator.LineAsync());
            simulator.IgnoreOutput();
            var settings = HostProcess.Settings(folder, ports.GetProperty("apnsPort").GetInt32());
            settings["PushHost__Storage__Provider"] = "postgres";
            settings["PushHost__Storage__ConnectionString"] = args[at + 1];
            using var control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.GetProperty("controlPort").GetInt32()}") };

            var exact = true;
            var imported = false;
            foreach (var delay in new[] { 0, latency })
            {
                (await control.PostAsync("/reset", null)).EnsureSuccessStatusCode();
                if (delay > 0)
                    (await control.PostAsJsonAsync("/faults", new { gateway = "apns", all = true, kind = "slow", delayMilliseconds = delay })).EnsureSuccessStatusCode();
                Console.WriteLine(delay == 0 ? "gateway answers at once" : $"gateway answers after {delay} ms");
                for (var hosts = 1; hosts <= MaxHosts; hosts++)
                {
                    exact &= await MeasureAsync(folder, settings, hosts, imported ? 0 : devices, devices);
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

    private static async Task<bool> MeasureAsync(string folder, Dictionary<string, string> settings, int count, int import, int devices)
    {
        var hosts = new List<ChildProcess>();
        try
        {
            var clients = new List<HttpClient>();
            for (var i = 0; i < count; i++)
            {
                var host = ChildProcess.Start("PushHost.dll", folder, settings, "serve", "--urls", "http://127.0.0.1:0");
                hosts.Add(host);
                var client = new HttpClient { BaseAddress = await HostProcess.AddressAsync(host), Timeout = TimeSpan.FromMinutes(30) };
                client.DefaultRequestHeaders.Add("X-Api-Key", HostProcess.AdminKey);
                clients.Add(client);
            }
            if (import > 0)
                await ImportAsync(clients[0], import);
            for (var round = 0; round < EndToEndBenchmark.WarmUps; round++)
                await SendAsync(clients[round % count]);
            var (cpu, databaseCpu) = (hosts.Sum(host => host.CpuSeconds), DatabaseCpu());
            var started = Stopwatch.GetTimestamp();
            var accepted = await SendAsync(clients[0]);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} host{(count > 1 ? "s" : " ")} {devices / seconds,8:0} messages/s  {(hosts.Sum(host => host.CpuSeconds) - cpu) / devices * 10_000,6:0.000} CPU s per 10,000 of hosts  "
                + $"{(DatabaseCpu() - databaseCpu) / devices * 10_000,6:0.000} of PostgreSQL  accepted {accepted} of {devices}"));
            clients.ForEach(client => client.Dispose());
            return accepted == devices;
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    // Where the server runs on another machine there is nothing to see of it.
    private static double DatabaseCpu()
    {
        var sum = 0.0;
        foreach (var process in Process.GetProcessesByName("postgres"))
        {
            using (process)
                sum += process.TotalProcessorTime.TotalSeconds;
        }
        return sum;
    }

    private static async Task ImportAsync(HttpClient client, int devices)
    {
        using var body = new MemoryStream();
        await BenchmarkDevices.WriteAsync(body, devices);
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new("application/x-ndjson");
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync("/devices/import", content);
        answer.EnsureSuccessStatusCode();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"imported {devices / Stopwatch.GetElapsedTime(started).TotalSeconds:0} devices/s"));
    }

    private static async Task<long> SendAsync(HttpClient client)
    {
        using var content = new StringContent("""{"to":{"all":true},"message":{"title":"Hello","body":"You've got mail","sound":"default"}}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/notifications", content);
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var notification = await client.GetFromJsonAsync<JsonElement>($"/notifications/{id}");
            if (notification.GetProperty("state").GetString() == "completed")
                return notification.GetProperty("counts").GetProperty("accepted").GetInt64();
        }
    }
}
