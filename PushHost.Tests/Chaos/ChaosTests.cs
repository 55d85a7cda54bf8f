using Microsoft.Data.Sqlite;
using Npgsql;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Tests.Chaos.Parts;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

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

    [Test]
    public async Task Three_hosts_that_are_killed_in_turn_on_one_PostgreSQL_keep_every_promise()
    {
        Component.Need("postgres");
        using var folder = new TempFolder("pushhost-chaos-");
        using var cluster = new PostgresCluster();
        await AssertKeptAsync(OnPostgres(folder, cluster) with { Hosts = 3 });
    }

    [Test]
    public async Task Hosts_keep_every_promise_while_their_PostgreSQL_is_restarted_in_mid_send()
    {
        Component.Need("postgres");
        using var folder = new TempFolder("pushhost-chaos-");
        using var cluster = new PostgresCluster();
        await AssertKeptAsync(OnPostgres(folder, cluster) with
        {
            Hosts = 2,
            Kills = 4,
            AfterKill = () =>
            {
                cluster.Restart();
                return Task.CompletedTask;
            },
        });
    }

    private static ChaosPlan OnPostgres(TempFolder folder, PostgresCluster cluster)
    {
        var connection = cluster.ConnectionString(cluster.CreateDatabase());
        return new ChaosPlan
        {
            Seed = Random.Shared.Next(),
            Folder = folder.Path,
            Storage = new Dictionary<string, string>
            {
                ["PushHost__Storage__Provider"] = "postgres",
                ["PushHost__Storage__ConnectionString"] = connection,
            },
            Open = () => new NpgsqlConnection(connection + ";Pooling=false"),
        };
    }

    private static async Task AssertKeptAsync(ChaosPlan plan)
    {
        await TestContext.Progress.WriteLineAsync($"chaos with seed {plan.Seed}");

        var result = await ChaosRun.RunAsync(plan);

        await TestContext.Progress.WriteLineAsync(result.ToString());
        Assert.That(ChaosChecks.Problems(result), Is.Empty, result.ToString());
    }
}
