using System.Net;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Tests.Chaos.Parts;
using PushHost.Tests.Support;

namespace PushHost.Tests.Chaos;

/// <summary>A disk that fills up under a real host process while it sends and takes registrations, and has room again later.</summary>
[Category("Chaos")]
[Platform("Linux", Reason = "limits processes and mounts file systems")]
public class FullDiskTests
{
    private const int Devices = 300;

    [Test]
    public async Task A_process_that_may_write_no_more_refuses_what_it_cannot_store_and_loses_no_verdict()
    {
        Component.Need("prlimit");
        using var folder = new TempFolder("pushhost-disk-");
        await using var disk = new FileSizeLimit(folder.Path);
        await PlayAsync(folder, disk);
    }

    [Test]
    public async Task A_file_system_without_a_free_block_refuses_what_it_cannot_store_and_loses_no_verdict()
    {
        using var folder = new TempFolder("pushhost-disk-");
        await using var disk = await SmallFileSystem.TryMountAsync(Path.Combine(folder.Path, "small"));
        if (disk is null)
            Assert.Ignore("only root can mount a small file system");
        else
            await PlayAsync(folder, disk);
    }

    private static async Task PlayAsync(TempFolder folder, Disk disk)
    {
        var file = Path.Combine(disk.Folder, "pushhost.db");
        await using var gateways = await GatewayProcess.StartAsync(folder.Path);
        var settings = HostUnderTest.Settings($"Data Source={file}");
        foreach (var (name, value) in gateways.Settings(TimeSpan.FromSeconds(30)))
            settings[name] = value;
        await using var host = new HostUnderTest(folder.Path, settings);
        await host.StartAsync();
        await ImportAsync(host);
        await gateways.FaultAsync(new { gateway = "fcm", prefix = "", kind = "slow", delayMilliseconds = 1500 });
        var sent = (await host.AskAsync(HttpMethod.Post, "/notifications", new { to = new { all = true }, message = new { body = "Hi" } })).GetProperty("id").GetInt64();
        await UntilAsync(async () => (await gateways.SeenAsync()).Count > 20);

        // The answers come while nothing can be written.
        await disk.FillAsync(host.Process);
        var stored = new List<string>();
        var refused = await RegisterAsync(host, stored, until: refusals => refusals >= 30);
        var refusedSend = await host.TryAsync(HttpMethod.Post, "/notifications", new { to = new { all = true }, message = new { body = "No room" } });
        var read = await host.TryAsync(HttpMethod.Get, $"/notifications/{sent}");
        await disk.EmptyAsync(host.Process);
        await RegisterAsync(host, stored, until: _ => stored.Count >= 5);
        await UntilAsync(async () =>
            (await host.AskAsync(HttpMethod.Get, $"/notifications/{sent}")).GetProperty("state").GetString() == "completed");

        Assert.That(refused, Has.All.EqualTo("503 Unavailable, Retry-After"));
        Assert.That(refusedSend?.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(read?.Status, Is.EqualTo(HttpStatusCode.OK), "what is stored can be read");
        Assert.That(Tokens(file), Is.SupersetOf(stored), "what was answered well is stored");
        var seen = await gateways.SeenAsync();
        Assert.That(seen, Has.Count.EqualTo(Devices));
        Assert.That(seen.Values.Select(one => one.Accepted), Has.All.EqualTo(1), "a verdict in hand is recorded when there is room, and its message is not sent again");
    }

    private static Task<System.Text.Json.JsonElement> ImportAsync(HostUnderTest host) =>
        host.AskAsync(HttpMethod.Post, "/devices/import", Population.Import([], Enumerable.Range(0, Devices).Select(i => $"token-{i}")));

    // Registers phones until enough was seen; answers what the refusals were.
    private static async Task<List<string>> RegisterAsync(HostUnderTest host, List<string> stored, Predicate<int> until)
    {
        var refusals = new List<string>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!until(refusals.Count))
        {
            deadline.Token.ThrowIfCancellationRequested();
            var token = $"late-{Guid.NewGuid():N}";
            var answer = await host.TryAsync(HttpMethod.Post, "/devices", new { provider = "gcm", registrationId = token });
            if (answer is { Status: HttpStatusCode.Created })
                stored.Add(token);
            else
                refusals.Add(Describe(answer));
        }
        return refusals;
    }

    private static string Describe((HttpStatusCode Status, System.Text.Json.JsonElement Body, bool RetryAfter)? answer) =>
        answer is not { } given ? "no answer"
        : $"{(int)given.Status} {given.Body.GetProperty("responseStatus").GetProperty("errorCode")}{(given.RetryAfter ? ", Retry-After" : "")}";

    private static List<string> Tokens(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT registration_id FROM device";
        using var reader = command.ExecuteReader();
        var tokens = new List<string>();
        while (reader.Read())
            tokens.Add(reader.GetString(0));
        return tokens;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
    }
}
