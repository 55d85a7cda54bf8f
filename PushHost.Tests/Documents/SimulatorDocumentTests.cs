using System.Text.RegularExpressions;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Simulator;
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

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
