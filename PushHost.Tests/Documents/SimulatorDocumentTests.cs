using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Simulator;
using PushHost.Tests.Host;
using PushHost.Tests.Support;

namespace PushHost.Tests.Documents;

/// <summary>The simulator's document shows what works.</summary>
public sealed partial class SimulatorDocumentTests
{
    [Test]
    public async Task Every_request_of_the_simulator_s_document_is_taken()
    {
        Component.Need("bash");
        Component.Need("curl");
        using var folder = new TempFolder("pushhost-simulator-");
        await using var simulator = await GatewaySimulator.StartAsync();
        simulator.Credentials.WriteTo(Path.Combine(folder.Path, "credentials"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "simulator.pem"), simulator.CertificatePem);
        var blocks = Blocks().Matches(await File.ReadAllTextAsync(DocumentExample.Path("docs/simulator.md"))).Select(block => block.Groups[1].Value).Where(block => block.Contains("curl ", StringComparison.Ordinal));
        // The document's ports are the program's own, which somebody may be using.
        var script = string.Concat(blocks).Replace(":9443", $":{simulator.ApnsPort}", StringComparison.Ordinal)
            .Replace(":9444", $":{simulator.FcmPort}", StringComparison.Ordinal).Replace(":9445", $":{simulator.ControlPort}", StringComparison.Ordinal);

        var (_, output) = await Tool.RunAsync("bash", folder.Path, "-c", $"curl() {{ command curl -s -o answer -w '%{{http_code}} ' \"$@\"; }}\n{script}");

        // Without a provider token, with the certificate, legacy; the outbox; and the faults.
        Assert.That(output.Trim(), Is.EqualTo("403 200 200 200 204 204 204 204 204 204"));
    }

    [Test]
    public async Task The_settings_of_the_simulator_s_document_lead_a_host_to_it()
    {
        using var folder = new TempFolder("pushhost-simulator-");
        await using var simulator = await GatewaySimulator.StartAsync();
        simulator.Credentials.WriteTo(Path.Combine(folder.Path, "credentials"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "simulator.pem"), simulator.CertificatePem);
        var settings = Settings().Match(await File.ReadAllTextAsync(DocumentExample.Path("docs/simulator.md"))).Groups[1].Value
            .Replace("9443", $"{simulator.ApnsPort}", StringComparison.Ordinal).Replace("9444", $"{simulator.FcmPort}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), settings);

        using var host = HostProcess.Start(folder, "Production", "--urls=http://127.0.0.1:0", $"--PushHost:AdminKey={TestHost.AdminKey}");
        using var client = new HttpClient { BaseAddress = new Uri((await host.LineWithAsync("Now listening on")).Split(' ')[^1]) };
        client.DefaultRequestHeaders.Add("X-Api-Key", TestHost.AdminKey);
        foreach (var provider in (string[])["apns", "gcm"])
            (await client.PostAsJsonAsync("/devices", new { provider, registrationId = "00ff" })).EnsureSuccessStatusCode();
        var sent = await client.PostAsJsonAsync("/notifications", new { to = new { all = true }, message = new { body = "Hi" }, wait = "PT30S" });

        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(simulator.Apns.Stats.Accepted, Is.EqualTo(1));
        Assert.That(simulator.Fcm.Stats.Accepted, Is.EqualTo(1));
    }

    [GeneratedRegex("```json\n(\\{\n  \"PushHost\".*?)```", RegexOptions.Singleline)]
    private static partial Regex Settings();

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
