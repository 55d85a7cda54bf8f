using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using PushHost.Commands;
using PushHost.Serve;
using PushHost.Simulator;

namespace PushHost.Demo;

/// <summary>The simulated gateways as a process of their own: this program with its hidden command. It ends when this process does, however that ends.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    // The newest of each gateway's requests are kept to look into.
    private const int Outbox = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly SimulatorAddress _address;
    private readonly string _credentials;
    private readonly HttpClient _control;

    private SimulatorProcess(Process process, SimulatorAddress address, string credentials)
    {
        _process = process;
        _address = address;
        _credentials = credentials;
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{address.ControlPort}") };
    }

    public int ControlPort => _address.ControlPort;

    /// <summary>The settings of a host that is to use these gateways.</summary>
    public Dictionary<string, string?> Settings => GatewaySettings.Of(_address, _credentials);

    /// <exception cref="CommandException">It did not start.</exception>
    public static async Task<SimulatorProcess> StartAsync(string credentials, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under `dotnet PushHost.dll` the process is dotnet, and the program its first argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PushHost.dll"));
        foreach (var argument in (string[])
            [SimulatorCommand.Name, "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--outbox", $"{Outbox}", "--credentials", credentials, "--json", "--exit-with-parent"])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new CommandException("the simulated gateways did not start.");
            return new SimulatorProcess(process, JsonSerializer.Deserialize<SimulatorAddress>(line, JsonSerializerOptions.Web)!, credentials);
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>From now on tokens meet the fate that their prefix says.</summary>
    /// <param name="since">When APNs learnt that its dead tokens are dead.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MisbehaveAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        // FCM limits each device's messages as well as the project's; its text says which (Firebase, "Throttling and quotas").
        const string deviceQuota = """
            {"error":{"code":429,"message":"Message rate exceeded for this device.","status":"RESOURCE_EXHAUSTED",
             "details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"QUOTA_EXCEEDED"}]}}
            """;
        object[] faults =
        [
            new { gateway = "apns", prefix = DemoPlan.ApnsPrefix(Fate.Dead), kind = "reason", reason = "Unregistered", timestamp = since },
            new { gateway = "apns", prefix = DemoPlan.ApnsPrefix(Fate.Refused), kind = "reason", reason = "DeviceTokenNotForTopic" },
            new { gateway = "apns", prefix = DemoPlan.ApnsPrefix(Fate.Throttled), kind = "reason", reason = "TooManyRequests", retryAfterSeconds = 1, times = 1 },
            new { gateway = "fcm", prefix = DemoPlan.GcmPrefix(Fate.Dead), kind = "reason", reason = "UNREGISTERED" },
            new { gateway = "fcm", prefix = DemoPlan.GcmPrefix(Fate.Refused), kind = "reason", reason = "SENDER_ID_MISMATCH" },
            new
            {
                gateway = "fcm", prefix = DemoPlan.GcmPrefix(Fate.Throttled), kind = "answer", status = 429, reason = "QUOTA_EXCEEDED",
                body = deviceQuota, contentType = "application/json", retryAfterSeconds = 1, times = 1,
            },
        ];
        foreach (var fault in faults)
        {
            using var answer = await _control.PostAsJsonAsync("/faults", fault, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    public async Task<SimulatorStats> StatsAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync<SimulatorStats>("/stats", JsonSerializerOptions.Web, cancellationToken))!;

    /// <summary>How many of the newest accepted requests were for a token that another one of them was for.</summary>
    public async Task<int> DoublesAsync(CancellationToken cancellationToken)
    {
        var (doubles, seen) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var gateway in (string[])["apns", "fcm"])
        {
            await foreach (var entry in _control.GetFromJsonAsAsyncEnumerable<OutboxLine>(
                $"/outbox?gateway={gateway}&take={Outbox}", JsonSerializerOptions.Web, cancellationToken))
            {
                if (entry is { Status: 200, Token: not null } && !seen.Add(entry.Token))
                    doubles++;
            }
        }
        return doubles;
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await EndAsync(_process);
    }

    private static async Task EndAsync(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                process.Kill();
            }
        }
    }

    private sealed record OutboxLine(string? Token, int Status);
}

/// <summary>What the gateways counted.</summary>
internal sealed record SimulatorStats(GatewayStats Apns, GatewayStats Fcm);
