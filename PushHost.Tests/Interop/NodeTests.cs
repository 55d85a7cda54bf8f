using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Interop;

/// <summary>ServiceStack's own TypeScript client under Node.</summary>
public sealed class NodeTests
{
    [Test]
    public async Task ServiceStack_s_TypeScript_client_does_everything_by_either_path()
    {
        await using var host = await TestHost.StartAsync();
        using var scripts = await InteropScripts.CompileAsync(host, "PushHost.Tests/Interop", "node.ts");

        foreach (var reply in new[] { false, true })
        {
            var setting = await InteropReport.SettingAsync(host, reply ? "aa0b" : "aa0a", reply);
            var (exitCode, output) = await NodeModules.RunAsync(Path.Combine(scripts.Output, "node.js"), setting);

            Assert.That(exitCode, Is.Zero, output);
            InteropReport.Read(output).Check(host);
        }
    }

    [Test]
    public async Task The_TypeScript_sample_runs()
    {
        await using var host = await TestHost.StartAsync();
        using var scripts = await InteropScripts.CompileAsync(host, "samples/typescript", "main.ts", "globals.d.ts");

        var (exitCode, output) = await NodeModules.RunAsync(
            Path.Combine(scripts.Output, "main.js"), host.Client.BaseAddress!.ToString().TrimEnd('/'), TestHost.AdminKey, "3f2a9c0d77e1");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Is.EqualTo("Device 1; notification 1 completed: 1 of 1 accepted.\nDevice 1: accepted\n"));
    }
}
