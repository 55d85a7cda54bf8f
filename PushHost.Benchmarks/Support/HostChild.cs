using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PushHost.Benchmarks.Support;

/// <summary>A host on SQLite with the simulated APNs, in a process of its own, and a client of it.</summary>
internal sealed class HostChild : IAsyncDisposable
{
    public const string AdminKey = "benchmark-benchmark-benchmark-0001";

    private HostChild(ChildProcess process, HttpClient client)
    {
        Process = process;
        Client = client;
    }

    public ChildProcess Process { get; }

    public HttpClient Client { get; }

    /// <param name="folder">Where the simulator's credentials are, and the database goes.</param>
    /// <param name="apnsPort">The simulator's; null for a host without a credential.</param>
    /// <param name="more">Further settings, as environment variables.</param>
    public static async Task<HostChild> StartAsync(string folder, string? apnsPort, IReadOnlyDictionary<string, string>? more = null)
    {
        const string Apns = "PushHost__Apps__default__Providers__apns__";
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Warning",
            ["PushHost__AdminKey"] = AdminKey,
            ["PushHost__Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "pushhost.db")}",
        };
        if (apnsPort is not null)
        {
            settings[Apns + "KeyFile"] = Path.Combine(folder, "AuthKey.p8");
            settings[Apns + "KeyId"] = "SIMKEY0001";
            settings[Apns + "TeamId"] = "SIMTEAM001";
            settings[Apns + "BundleId"] = "com.example.pushhost";
            settings[Apns + "Host"] = "localhost";
            settings[Apns + "Port"] = apnsPort;
            settings[Apns + "CaCertificatesFile"] = Path.Combine(folder, "simulator.pem");
        }
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
        var process = ChildProcess.Start("PushHost.dll", folder, settings, [
            // The level is an argument, since shells drop environment variables with a dot in their names.
            "serve", "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"]);
        var client = await ClientAsync(process);
        client.DefaultRequestHeaders.Add("X-Api-Key", AdminKey);
        return new HostChild(process, client);
    }

    /// <summary>A client of a child that says where it listens, as ASP.NET Core does.</summary>
    public static async Task<HttpClient> ClientAsync(ChildProcess process)
    {
        const string Listening = "Now listening on: ";
        string line;
        do
            line = await process.LineAsync();
        while (!line.Contains(Listening, StringComparison.Ordinal));
        process.IgnoreOutput();
        return new HttpClient
        {
            BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()),
            Timeout = TimeSpan.FromMinutes(30),
        };
    }

    /// <summary>Imports APNs devices by their tokens.</summary>
    public async Task ImportAsync(IEnumerable<string> tokens)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/devices/import") { Content = new ImportContent(tokens) };
        using var imported = await Client.SendAsync(request);
        imported.EnsureSuccessStatusCode();
    }

    /// <summary>Sends to all, and gives the notification's id.</summary>
    public Task<long> SendToAllAsync() =>
        SendAsync(new { to = new { all = true }, message = new { title = "Hello", body = "You've got mail", sound = "default" } });

    /// <summary>Sends, and gives the notification's id.</summary>
    public async Task<long> SendAsync(object notification)
    {
        using var answer = await Client.PostAsJsonAsync("/notifications", notification);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
    }

    /// <summary>Waits until a notification is completed, and gives its counts.</summary>
    /// <param name="notification">Its id.</param>
    /// <param name="look">Called at every look meanwhile; null for nothing.</param>
    public async Task<JsonElement> CompletedAsync(long notification, Action? look = null)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            look?.Invoke();
            var now = await Client.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture, $"/notifications/{notification}"));
            if (now.GetProperty("state").GetString() == "completed")
                return now.GetProperty("counts");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    private sealed class ImportContent : HttpContent
    {
        private readonly IEnumerable<string> _tokens;

        public ImportContent(IEnumerable<string> tokens)
        {
            _tokens = tokens;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false), 64 * 1024, leaveOpen: true);
            foreach (var token in _tokens)
                await writer.WriteLineAsync($$"""{"provider":"apns","registrationId":"{{token}}"}""");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
