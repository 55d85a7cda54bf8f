using NUnit.Framework;
using PushHost.Tests.Providers.Plugins;
using PushHost.Tests.Support;

namespace PushHost.Tests.Samples;

public sealed class ClientSampleTests
{
    [Test]
    public async Task The_console_sample_runs()
    {
        await using var host = await TestHost.StartAsync();
        var sample = Path.Combine(Repository.OutputOf(Path.Combine("samples", "PushHost.Client.Sample")), "PushHost.Client.Sample.dll");

        var (exitCode, output) = await Tool.RunAsync("dotnet", Repository.Root, sample, host.Client.BaseAddress!.ToString(), TestHost.AdminKey, "3f2a9c0d77e1");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Is.EqualTo($"Device 1; notification 1 Completed: 1 of 1 accepted.{Environment.NewLine}Device 1: Accepted{Environment.NewLine}"));
    }
}
