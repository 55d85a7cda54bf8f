using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.Serve;

namespace PushHost.Tests.Host;

/// <summary>The demo as a newcomer runs it.</summary>
public class DemoTests
{
    [Test]
    public async Task It_ends_with_numbers_that_add_up_and_leaves_nothing_behind()
    {
        using var folder = new TempFolder("pushhost-test-");

        var (exitCode, output, error) = await HostProcess.RunAsync(folder, "demo", "--devices", "300", "--json");

        Assert.That(exitCode, Is.Zero, string.Join('\n', error));
        Assert.That(output, Has.Length.EqualTo(1), "progress goes to standard error");
        var report = JsonNode.Parse(output[0])!;
        Assert.That((int)report["devices"]!, Is.EqualTo(300));
        Assert.That((int)report["accepted"]!, Is.EqualTo(285));
        Assert.That((int)report["failed"]!, Is.EqualTo(15));
        Assert.That((int)report["deactivated"]!, Is.EqualTo(9));
        Assert.That((double)report["seconds"]!, Is.Positive);
        Assert.That(error, Has.None.Contains("\u001b"), "no colour outside a terminal");
        Assert.That(error, Has.One.Contains("gcm failed UNREGISTERED: 3"));
        Assert.That(Directory.GetDirectories(folder.Path, "pushhost-*"), Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "stops it with SIGTERM")]
    public async Task Interrupted_it_leaves_nothing_behind()
    {
        using var folder = new TempFolder("pushhost-test-");
        using var demo = HostProcess.Start(folder, "Production", "demo", "--devices", "100000");
        await demo.LineWithAsync("A host on");

        await demo.TerminateAsync();
        var (exitCode, _, error) = await demo.EndAsync();

        Assert.That(exitCode, Is.EqualTo(130));
        Assert.That(error, Is.Empty);
        Assert.That(Directory.GetDirectories(folder.Path, "pushhost-*"), Is.Empty);
    }
}
