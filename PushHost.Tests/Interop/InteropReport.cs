using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.Interop;

/// <summary>What became of a run of <c>scenario.ts</c>.</summary>
internal sealed record InteropReport(string[] Called, string[] Operations, string[] Failures)
{
    public static InteropReport Read(string json) => JsonSerializer.Deserialize<InteropReport>(json, JsonSerializerOptions.Web)!;

    /// <summary>Everything was called, and was as it should be.</summary>
    public void Check(TestHost host)
    {
        Assert.That(Failures, Is.Empty);
        var operations = host.Services.GetRequiredService<OperationTable>().All.Select(operation => operation.Name).ToList();
        Assert.That(Operations, Is.EquivalentTo(operations));
        Assert.That(Called, Is.SupersetOf(operations));
    }

    /// <summary>The setting of <c>scenario.ts</c>.</summary>
    /// <param name="host">Whom to call.</param>
    /// <param name="prefix">Hexadecimal: begins every token of the run.</param>
    /// <param name="reply">Whether to call <c>/json/reply</c> instead of <c>/api</c>.</param>
    public static async Task<string> SettingAsync(TestHost host, string prefix, bool reply) => JsonSerializer.Serialize(new
    {
        url = host.Client.BaseAddress!.ToString().TrimEnd('/'), key = TestHost.AdminKey, sendKey = await host.KeyAsync("send"), prefix, reply,
    });
}
