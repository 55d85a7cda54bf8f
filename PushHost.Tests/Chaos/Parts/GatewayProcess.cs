using System.Net.Http.Json;
using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>What the simulator saw of one recipient.</summary>
internal sealed record Seen(string Token, int Requests, int Accepted, int Ids);

/// <summary>The simulated gateways in a process of their own, and their control port.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly HttpClient _control;
    private readonly JsonElement _announced;

    private GatewayProcess(ProgramProcess process, JsonElement announced, string credentials)
    {
        Process = process;
        _announced = announced;
        Credentials = credentials;
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{announced.GetProperty("controlPort").GetInt32()}") };
    }

    public ProgramProcess Process { get; }

    /// <summary>The folder of its credentials.</summary>
    public string Credentials { get; }

    public static async Task<GatewayProcess> StartAsync(string folder, bool tally = true)
    {
        var credentials = Path.Combine(folder, "credentials");
        var process = ProgramProcess.Start("PushHost.Simulator.dll", folder, new Dictionary<string, string>(), [
            "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--json", "--exit-with-parent", "--credentials", credentials, "--outbox", "0",
            .. tally ? ["--tally"] : Array.Empty<string>()]);
        var announced = JsonSerializer.Deserialize<JsonElement>(await process.LineWithAsync("controlPort"));
        return new GatewayProcess(process, announced, credentials);
    }

    /// <summary>The settings that lead a host here, as environment variables.</summary>
    /// <param name="timeout">How long a request may take, whole seconds.</param>
    public Dictionary<string, string> Settings(TimeSpan timeout)
    {
        const string Apns = "PushHost__Apps__default__Providers__apns__";
        const string Gcm = "PushHost__Apps__default__Providers__gcm__";
        var certificate = Path.Combine(Credentials, "simulator.pem");
        return new Dictionary<string, string>
        {
            [Apns + "KeyFile"] = Path.Combine(Credentials, "AuthKey.p8"),
            [Apns + "KeyId"] = _announced.GetProperty("apnsKeyId").GetString()!,
            [Apns + "TeamId"] = _announced.GetProperty("apnsTeamId").GetString()!,
            [Apns + "BundleId"] = _announced.GetProperty("apnsBundleId").GetString()!,
            [Apns + "Host"] = "localhost",
            [Apns + "Port"] = $"{_announced.GetProperty("apnsPort").GetInt32()}",
            [Apns + "CaCertificatesFile"] = certificate,
            [Apns + "RequestTimeoutSeconds"] = $"{timeout.TotalSeconds:0}",
            [Gcm + "ServiceAccountFile"] = Path.Combine(Credentials, "service-account.json"),
            [Gcm + "Endpoint"] = $"https://localhost:{_announced.GetProperty("fcmPort").GetInt32()}",
            [Gcm + "CaCertificatesFile"] = certificate,
            [Gcm + "RequestTimeoutSeconds"] = $"{timeout.TotalSeconds:0}",
        };
    }

    /// <summary>Sets a fault; docs/simulator.md has their members.</summary>
    public async Task FaultAsync(object fault)
    {
        using var answer = await _control.PostAsJsonAsync("/faults", fault);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What was seen of every recipient of both gateways, by token.</summary>
    public async Task<Dictionary<string, Seen>> SeenAsync()
    {
        var seen = new Dictionary<string, Seen>(StringComparer.Ordinal);
        foreach (var gateway in (string[])["apns", "fcm"])
        {
            foreach (var recipient in (await _control.GetFromJsonAsync<List<Seen>>($"/recipients?gateway={gateway}"))!)
                seen.Add(recipient.Token, recipient);
        }
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await Process.DisposeAsync();
    }
}
