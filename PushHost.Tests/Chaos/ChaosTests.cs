using Microsoft.Data.Sqlite;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Tests.Chaos.Parts;

namespace PushHost.Tests.Chaos;

/// <summary>The promises, while everything that can fail does: real processes, real signals, a real database.</summary>
[Category("Chaos")]
[Platform(Exclude = "Win", Reason = "kills and halts processes with signals")]
public class ChaosTests
{
    [Test]
    public async Task A_host_that_is_killed_again_and_again_in_bad_weather_keeps_every_promise()
    {
        using var folder = new TempFolder("pushhost-chaos-");
        var file = Path.Combine(folder.Path, "pushhost.db");
        await AssertKeptAsync(new ChaosPlan
        {
            Seed = Random.Shared.Next(),
            Folder = folder.Path,
            Storage = new Dictionary<string, string> { ["PushHost__Storage__ConnectionString"] = $"Data Source={file}" },
            Open = () => new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"),
        });
    }

    private static async Task AssertKeptAsync(ChaosPlan plan)
    {
        await TestContext.Progress.WriteLineAsync($"chaos with seed {plan.Seed}");

        var result = await ChaosRun.RunAsync(plan);

        await TestContext.Progress.WriteLineAsync(result.ToString());
        Assert.That(ChaosChecks.Problems(result), Is.Empty, result.ToString());
    }
}
