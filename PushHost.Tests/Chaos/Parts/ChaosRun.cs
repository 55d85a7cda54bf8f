using System.Diagnostics;
using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>A send to all while hosts are killed with SIGKILL and started again, and the weather at the gateways is bad; then a look at what came of it.</summary>
internal static class ChaosRun
{
    private static readonly TimeSpan GatewayTimeout = TimeSpan.FromSeconds(5);

    public static async Task<ChaosResult> RunAsync(ChaosPlan plan)
    {
        var random = new Random(plan.Seed);
        var started = Stopwatch.GetTimestamp();
        var population = new Population(plan.Devices, plan.Latency);
        await using var gateways = await GatewayProcess.StartAsync(plan.Folder);
        var hosts = Enumerable.Range(0, plan.Hosts).Select(_ => new HostUnderTest(plan.Folder, Settings(plan, gateways))).ToList();
        try
        {
            foreach (var host in hosts)
                await host.StartAsync();
            await hosts[0].AskAsync(HttpMethod.Post, "/devices/import", Population.Import(population.ApnsTokens, population.FcmTokens));
            await population.DescribeAsync(gateways);
            var sent = await hosts[0].AskAsync(HttpMethod.Post, "/notifications", new { to = new { all = true }, message = new { title = "Hello", body = "To all of you" } });
            await hosts[0].AskAsync(HttpMethod.Post, "/devices/import", Population.Import(population.SingleTokens, []));

            var result = await StormAsync(plan, hosts, gateways, population, random, sent.GetProperty("id").GetInt64());
            return result with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    private static Dictionary<string, string> Settings(ChaosPlan plan, GatewayProcess gateways)
    {
        var settings = HostUnderTest.Settings("");
        foreach (var (name, value) in gateways.Settings(GatewayTimeout).Concat(plan.Storage))
            settings[name] = value;
        settings["PushHost__Delivery__MaxInFlight"] = $"{plan.InFlight}";
        return settings;
    }

    private static async Task<ChaosResult> StormAsync(
        ChaosPlan plan, List<HostUnderTest> hosts, GatewayProcess gateways, Population population, Random random, long notification)
    {
        using var deadline = new CancellationTokenSource(plan.Deadline, TimeProvider.System);
        using var calm = new CancellationTokenSource();
        var watch = new CounterWatch(hosts, notification);
        var singles = new SingleSends(hosts, population.SingleTokens);
        var weather = new Weather(gateways, new Random(plan.Seed + 1), plan.Latency);
        var watching = watch.RunAsync(deadline.Token);
        using var done = new CancellationTokenSource();
        var sending = singles.RunAsync(done.Token);
        var storming = weather.RunAsync(calm.Token);

        var kills = 0;
        for (var turn = 0; kills < plan.Kills && !watch.IsCompleted && !deadline.IsCancellationRequested; turn++)
        {
            var host = hosts[turn % hosts.Count];
            await MomentAsync(random, watch);
            await host.KillAsync();
            kills += watch.IsCompleted ? 0 : 1;
            await (plan.AfterKill?.Invoke() ?? Task.CompletedTask);
            await host.StartAsync();
        }
        await calm.CancelAsync();
        await storming;
        await watching;
        await done.CancelAsync();
        await sending;
        var finished = await FinishedAsync(hosts[0], singles, deadline.Token);

        var counts = (await hosts[0].AskAsync(HttpMethod.Get, $"/notifications/{notification}")).GetProperty("counts");
        var listed = await hosts[0].DeliveriesAsync(notification);
        var database = new ChaosDatabase(plan.Open);
        return new ChaosResult
        {
            Plan = plan,
            Kills = kills,
            Weather = weather.Log,
            Watch = watch,
            Singles = singles,
            SinglesFinished = finished,
            Counts = counts,
            Listed = listed,
            Recorded = await database.RecordedAsync(notification),
            Notifications = await database.NotificationsAsync(),
            Seen = await gateways.SeenAsync(),
            Population = population,
            HostLog = hosts[0].Process.Tail,
        };
    }

    // A fifth of the kills meet a host that has just started; the others one that has got on since, for up to a second and a half.
    private static async Task MomentAsync(Random random, CounterWatch watch)
    {
        var longest = TimeSpan.FromSeconds(random.NextDouble() * 1.5);
        if (random.Next(5) > 0)
        {
            var before = watch.Decided;
            for (var waited = 0; waited < 100 && watch.Decided == before && !watch.IsCompleted; waited++)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        await Task.Delay(longest, TimeProvider.System);
    }

    // Every acknowledged single send, once it is completed or time is up.
    private static async Task<Dictionary<string, JsonElement>> FinishedAsync(HostUnderTest host, SingleSends singles, CancellationToken deadline)
    {
        var finished = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (token, id) in singles.Acknowledged)
        {
            JsonElement notification;
            do
            {
                notification = await host.AskAsync(HttpMethod.Get, $"/notifications/{id}");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (notification.GetProperty("state").GetString() != "completed" && !deadline.IsCancellationRequested);
            finished.Add(token, notification);
        }
        return finished;
    }
}
