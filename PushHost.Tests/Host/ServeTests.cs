using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PushHost.Serve;

namespace PushHost.Tests.Host;

/// <summary>The server as operators start, ask and stop it.</summary>
[Platform(Exclude = "Win", Reason = "stops the server with SIGTERM")]
public partial class ServeTests
{
    [Test]
    public async Task In_development_it_sends_to_simulated_gateways_guards_its_database_and_stops_with_0()
    {
        using var folder = new TempFolder("pushhost-test-");
        using var host = HostProcess.Start(folder, "Development", "--urls=http://127.0.0.1:0");
        var database = await host.LineWithAsync("pushhost.db");
        var admin = Secret().Match(await host.LineWithAsync("Admin key")).Value;
        var simulated = await host.LineWithAsync("simulated");

        var second = await HostProcess.RunAsync(folder, "serve", "--urls=http://127.0.0.1:0");
        var migration = await HostProcess.RunAsync(folder, "migrate");
        await host.TerminateAsync();
        var (exitCode, _, error) = await host.EndAsync();

        Assert.That(database, Does.Contain(Path.Combine(folder.Path, "data")));
        Assert.That(admin, Is.Not.Empty);
        Assert.That(simulated, Does.Match("http://localhost:[0-9]+/outbox"));
        foreach (var refused in (ReadOnlySpan<(int ExitCode, string[] Output, string[] Error)>)[second, migration])
        {
            Assert.That(refused.ExitCode, Is.EqualTo(1));
            Assert.That(refused.Error, Has.Length.EqualTo(1));
            Assert.That(refused.Error[0], Does.Contain("PushHost:Storage:ConnectionString").And.Contain("another PushHost"));
        }
        Assert.That(exitCode, Is.Zero);
        Assert.That(error, Is.Empty);
        Assert.That(Directory.GetDirectories(folder.Path, "pushhost-*"), Is.Empty, "the credentials of the simulated gateways are gone");
    }

    [Test]
    public async Task A_key_made_on_the_command_line_does_what_its_scopes_allow_and_no_more()
    {
        using var folder = new TempFolder("pushhost-test-");
        var before = await HostProcess.RunAsync(folder, "keys", "create", "--name", "back end", "--scopes", "devices,read");
        using var host = HostProcess.Start(folder, "Development", "--urls=http://127.0.0.1:0");
        var address = Address().Match(await host.LineWithAsync("Now listening on")).Value;
        var during = await HostProcess.RunAsync(folder, "keys", "create", "--name", "sender", "--scopes", "send", "--app", "default", "--json");

        var device = new { provider = "apns", registrationId = "00ff" };
        var message = new { to = new { all = true }, message = new { body = "Hi" }, wait = "PT20S" };
        var sender = (string)JsonNode.Parse(during.Output[0])!["key"]!;
        var registered = await PostAsync(address, "/devices", before.Output[0], device);
        var refusedSend = await PostAsync(address, "/notifications", before.Output[0], message);
        var sent = await PostAsync(address, "/notifications", sender, message);
        var refusedDevice = await PostAsync(address, "/devices", sender, device);
        var unknown = await PostAsync(address, "/devices", "ph_" + new string('x', 43), device);

        Assert.That(before.Output, Has.Length.EqualTo(1), "the key alone, for scripts");
        Assert.That(before.Error, Has.Length.EqualTo(1).And.All.Contains(Path.Combine(folder.Path, "data", "pushhost.db")), "where the key is, since no server had made a database");
        Assert.That(during.Error, Is.Empty);
        Assert.That(before.Output[0], Does.Match(Secret()));
        Assert.That(registered, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(refusedSend, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(sent, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(refusedDevice, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(unknown, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Arguments_win_over_the_environment_and_that_over_the_settings_file()
    {
        using var folder = new TempFolder("pushhost-test-");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "appsettings.json"), """{"PushHost":{"Storage":{"ConnectionString":"Data Source=of-file.db"}}}""");

        var ofFile = await HostProcess.RunAsync(folder, "migrate");
        var again = await HostProcess.RunAsync(folder, "migrate");
        var ofArgument = await HostProcess.RunAsync(folder, "migrate", "--PushHost:Storage:ConnectionString", "Data Source=of-argument.db");

        Assert.That(ofFile.Output, Has.One.Contains("of-file.db is new"));
        Assert.That(again.Output, Has.One.Contains("of-file.db is at version").And.One.Contains("already"));
        Assert.That(ofArgument.Output, Has.One.Contains("of-argument.db is new"));
    }

    [Test]
    public async Task A_key_that_is_revoked_is_listed_so_and_refused()
    {
        using var folder = new TempFolder("pushhost-test-");
        var kept = (await HostProcess.RunAsync(folder, "keys", "create", "--name", "kept", "--scopes", "devices")).Output[0];
        var leaked = (await HostProcess.RunAsync(folder, "keys", "create", "--name", "in the phones", "--scopes", "devices,read", "--app", "default")).Output[0];

        var before = await HostProcess.RunAsync(folder, "keys", "list");
        var revoked = await HostProcess.RunAsync(folder, "keys", "revoke", "2");
        var again = await HostProcess.RunAsync(folder, "keys", "revoke", "2");
        var missing = await HostProcess.RunAsync(folder, "keys", "revoke", "404");
        var keys = JsonNode.Parse((await HostProcess.RunAsync(folder, "keys", "list", "--json")).Output[0])!.AsArray();
        using var host = HostProcess.Start(folder, "Development", "--urls=http://127.0.0.1:0");
        var address = Address().Match(await host.LineWithAsync("Now listening on")).Value;
        var device = new { provider = "apns", registrationId = "00ff" };

        Assert.That(before.Output, Has.Length.EqualTo(3));
        Assert.That(before.Output[2], Does.Match($"^2 +{leaked[..10]}… +devices,read +default +2.*Z +- +in the phones$"));
        Assert.That(string.Concat(before.Output), Does.Not.Contain(leaked));
        Assert.That(revoked.Output[0], Does.Contain("is revoked"));
        Assert.That(again.Output[0], Does.Contain("already"));
        Assert.That(missing.ExitCode, Is.EqualTo(1));
        Assert.That(missing.Error[0], Does.Contain("404"));
        Assert.That(keys[0]!["revokedAt"], Is.Null);
        Assert.That((string?)keys[1]!["revokedAt"], Does.EndWith("Z"));
        Assert.That(await PostAsync(address, "/devices", leaked, device), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await PostAsync(address, "/devices", kept, device), Is.EqualTo(HttpStatusCode.Created));
    }

    private static async Task<HttpStatusCode> PostAsync(string address, string path, string key, object body)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var answer = await client.PostAsJsonAsync(path, body);
        return answer.StatusCode;
    }

    [GeneratedRegex("ph_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();

    [GeneratedRegex("http://[0-9.:]+")]
    private static partial Regex Address();
}
