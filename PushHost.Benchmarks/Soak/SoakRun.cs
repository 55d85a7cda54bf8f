using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PushHost.Benchmarks.Support;
using PushHost.Tests.Chaos.Parts;

namespace PushHost.Benchmarks.Soak;

/// <summary>The chaos test again and again, each time with the next seed, for so many minutes. Ends at the first promise that is broken.</summary>
internal static class SoakRun
{
    public static async Task<int> RunAsync(string[] args)
    {
        var minutes = args.Number("--minutes", 10);
        var seed = args.Number("--seed", 1);
        var devices = args.Number("--devices", 20_000);
        var kills = args.Number("--kills", 10);
        Console.WriteLine(Machine.Describe());
        var started = Stopwatch.GetTimestamp();
        do
        {
            var folder = Directory.CreateTempSubdirectory("pushhost-soak-").FullName;
            var file = Path.Combine(folder, "pushhost.db");
            var result = await ChaosRun.RunAsync(new ChaosPlan
            {
                Seed = seed++,
                Folder = folder,
                Devices = devices,
                Kills = kills,
                Deadline = TimeSpan.FromMinutes(30),
                Storage = new Dictionary<string, string> { ["PushHost__Storage__ConnectionString"] = $"Data Source={file}" },
                Open = () => new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"),
            });
            Console.WriteLine(result);
            var problems = ChaosChecks.Problems(result);
            if (problems.Count > 0)
            {
                Console.WriteLine(string.Join('\n', problems));
                Console.WriteLine($"what it left is in {folder}");
                return 1;
            }
            Directory.Delete(folder, recursive: true);
        }
        while (Stopwatch.GetElapsedTime(started).TotalMinutes < minutes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"every promise kept for {Stopwatch.GetElapsedTime(started).TotalMinutes:0} minutes"));
        return 0;
    }
}
