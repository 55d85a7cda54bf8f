using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
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

    private const string AdminKey = "benchmark-benchmark-benchmark-0001";

    public static async Task<int> RunAsync(string[] args)
    {
        var devices = Option(args, "--devices", 100_000);
        var inFlight = Option(args, "--in-flight", 0);
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var simulator = ChildProcess.Start(
                null, folder, null, "simulator", "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--outbox", "0", "--json", "--credentials", folder);
            var ports = JsonSerializer.Deserialize<JsonElement>(await simulator.LineAsync());
            var apnsPort = ports.GetProperty("apnsPort").GetInt32();

            var reference = await ReferenceAsync(folder, apnsPort, devices);
            var (sent, accepted) = await HostAsync(folder, apnsPort, devices, inFlight);
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

    private static async Task<Measured> ReferenceAsync(string folder, int apnsPort, int messages)
    {
        await using var loop = ChildProcess.Start(
            null, folder, null, "reference-loop", folder, apnsPort.ToString(CultureInfo.InvariantCulture), messages.ToString(CultureInfo.InvariantCulture));
        for (var round = 0; round < WarmUps; round++)
            await loop.LineAsync();
        return JsonSerializer.Deserialize<Measured>(await loop.LineAsync())!;
    }

    private static async Task<(Measured Sent, long Accepted)> HostAsync(string folder, int apnsPort, int devices, int inFlight)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["PushHost__AdminKey"] = AdminKey,
            ["PushHost__Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "pushhost.db")}",
            ["PushHost__Apps__default__Providers__apns__KeyFile"] = Path.Combine(folder, "AuthKey.p8"),
            ["PushHost__Apps__default__Providers__apns__KeyId"] = "SIMKEY0001",
            ["PushHost__Apps__default__Providers__apns__TeamId"] = "SIMTEAM001",
            ["PushHost__Apps__default__Providers__apns__BundleId"] = "com.example.pushhost",
            ["PushHost__Apps__default__Providers__apns__Host"] = "localhost",
            ["PushHost__Apps__default__Providers__apns__Port"] = apnsPort.ToString(CultureInfo.InvariantCulture),
            ["PushHost__Apps__default__Providers__apns__CaCertificatesFile"] = Path.Combine(folder, "simulator.pem"),
        };
        if (inFlight > 0)
            settings["PushHost__Delivery__MaxInFlight"] = inFlight.ToString(CultureInfo.InvariantCulture);
        await using var host = ChildProcess.Start("PushHost.dll", folder, settings, "serve", "--urls", "http://127.0.0.1:0");
        using var client = await ClientAsync(host);

        using (var import = new HttpRequestMessage(HttpMethod.Post, "/devices/import") { Content = new ImportContent(devices) })
        {
            using var imported = await client.SendAsync(import);
            imported.EnsureSuccessStatusCode();
        }
        for (var round = 0; round < WarmUps; round++)
            await SendAsync(client);
        var cpu = host.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        var accepted = await SendAsync(client);
        return (new Measured(Stopwatch.GetElapsedTime(started).TotalSeconds, host.CpuSeconds - cpu, host.PeakMemory), accepted);
    }

    private static async Task<HttpClient> ClientAsync(ChildProcess host)
    {
        const string Listening = "Now listening on: ";
        string line;
        do
            line = await host.LineAsync();
        while (!line.Contains(Listening, StringComparison.Ordinal));
        host.IgnoreOutput();
        var client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()) };
        client.DefaultRequestHeaders.Add("X-Api-Key", AdminKey);
        client.Timeout = TimeSpan.FromMinutes(30);
        return client;
    }

    private static async Task<long> SendAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/notifications", new
        {
            to = new { all = true },
            message = new { title = "Hello", body = "You've got mail", sound = "default" },
        });
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            var notification = await client.GetFromJsonAsync<JsonElement>($"/notifications/{id}");
            if (notification.GetProperty("state").GetString() == "completed")
                return notification.GetProperty("counts").GetProperty("accepted").GetInt64();
        }
    }

    private static void Print(string name, Measured measured, int messages) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-28} {messages / measured.Seconds,9:0} messages/s  {measured.CpuSeconds / messages * 10_000,6:0.000} CPU s per 10,000  {measured.PeakBytes >> 20,5} MB peak"));

    private static int Option(string[] args, string name, int defaultValue)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : defaultValue;
    }

    private sealed class ImportContent : HttpContent
    {
        private readonly int _devices;

        public ImportContent(int devices)
        {
            _devices = devices;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => BenchmarkDevices.WriteAsync(stream, _devices);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
