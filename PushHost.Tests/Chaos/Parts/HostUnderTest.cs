using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>A host process that is killed and started again. Its address changes with every start; those who call it try again.</summary>
/// <param name="folder">Its working directory.</param>
/// <param name="settings">As environment variables.</param>
internal sealed class HostUnderTest(string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    public const string AdminKey = "chaos-chaos-chaos-chaos-chaos-chaos";

    // An argument, since shells drop environment variables with a dot in their names.
    private const string ShowAddress = "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private ProgramProcess? _process;
    private volatile HttpClient? _client;

    public ProgramProcess Process => _process ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>The settings that every host here has.</summary>
    /// <param name="connectionString">Of the database.</param>
    public static Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Logging__LogLevel__Default"] = "Warning",
        ["PushHost__AdminKey"] = AdminKey,
        ["PushHost__Storage__ConnectionString"] = connectionString,
    };

    public async Task StartAsync()
    {
        const string Listening = "Now listening on: ";
        if (_process is not null)
            await _process.DisposeAsync();
        _process = ProgramProcess.Start("PushHost.dll", folder, settings, "serve", "--urls", "http://127.0.0.1:0", ShowAddress);
        var line = await _process.LineWithAsync(Listening);
        var client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()) };
        client.DefaultRequestHeaders.Add("X-Api-Key", AdminKey);
        client.Timeout = TimeSpan.FromMinutes(2);
        _client = client;
    }

    public async Task KillAsync()
    {
        _client = null;
        await Process.KillAsync();
    }

    /// <summary>One request. Null when the host is not there, or goes meanwhile.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body, bool RetryAfter)?> TryAsync(HttpMethod method, string path, object? body = null)
    {
        if (_client is not { } client)
            return null;
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), answer.Headers.RetryAfter is not null);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>A request that is sent until it is answered well: the host may be away, or its database busy, for a while.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null)
    {
        while (true)
        {
            if (await TryAsync(method, path, body) is not { } answer)
                await Task.Delay(Pause, TimeProvider.System);
            else if ((int)answer.Status is >= 200 and < 300)
                return answer.Body;
            else if (answer.Status == HttpStatusCode.ServiceUnavailable)
                await Task.Delay(Pause, TimeProvider.System);
            else
                throw new InvalidOperationException($"{method} {path} was answered {(int)answer.Status} {answer.Body}\n{Process.Tail}");
        }
    }

    /// <summary>Every recipient of a notification, as the API lists them.</summary>
    public async Task<List<JsonElement>> DeliveriesAsync(long notification)
    {
        const int Page = 1000;
        var all = new List<JsonElement>();
        for (long after = 0; ;)
        {
            var answer = await AskAsync(HttpMethod.Get, $"/notifications/{notification}/deliveries?take={Page}&after={after}");
            var page = answer.GetProperty("results").EnumerateArray().ToList();
            all.AddRange(page);
            if (page.Count < Page)
                return all;
            after = page[^1].GetProperty("device").GetInt64();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
