using System.Net;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Tests.Chaos.Parts;

namespace PushHost.Tests.Chaos;

/// <summary>SIGTERM, as service managers send it, while a real host process is sending.</summary>
[Category("Chaos")]
[Platform(Exclude = "Win", Reason = "ends processes with signals")]
public class TerminationTests
{
    private const int Devices = 3000;

    [Test]
    public async Task A_terminated_host_ends_with_0_and_nothing_is_lost_or_doubled()
    {
        using var folder = new TempFolder("pushhost-term-");
        await using var gateways = await GatewayProcess.StartAsync(folder.Path);
        await using var host = await StartAsync(folder, gateways, stopTimeout: 20);
        var tokens = await ImportAsync(host, Devices);
        await gateways.FaultAsync(new { gateway = "apns", prefix = "", kind = "slow", delayMilliseconds = 200 });
        var sent = await SendAsync(host);
        await UntilAcceptedAsync(host, sent, 200);

        await host.Process.SignalAsync("TERM");
        var exitCode = await host.Process.EndAsync(TimeSpan.FromSeconds(60));
        var seenBefore = (await gateways.SeenAsync()).Values.Sum(seen => seen.Accepted);
        await host.StartAsync();
        await UntilAcceptedAsync(host, sent, Devices);

        Assert.That(exitCode, Is.Zero, host.Process.Tail);
        Assert.That(seenBefore, Is.InRange(200, Devices - 1), "it was stopped in the middle");
        var seen = await gateways.SeenAsync();
        Assert.That(tokens.Where(token => !seen.TryGetValue(token, out var one) || one.Accepted != 1), Is.Empty);
    }

    [Test]
    public async Task A_stop_ends_in_its_time_though_a_gateway_is_silent_and_a_caller_waits()
    {
        using var folder = new TempFolder("pushhost-term-");
        await using var gateways = await GatewayProcess.StartAsync(folder.Path);
        await using var host = await StartAsync(folder, gateways, stopTimeout: 1);
        await ImportAsync(host, 10);
        await gateways.FaultAsync(new { gateway = "apns", all = true, kind = "noAnswer" });
        var sent = await SendAsync(host);
        var waiting = host.TryAsync(HttpMethod.Post, "/notifications", new { to = new { all = true }, message = new { body = "Hi" }, wait = "PT30S" });
        await UntilAsync(async () => (await gateways.SeenAsync()).Count > 0);

        await host.Process.SignalAsync("TERM");
        // Without a bound the request's own deadline of 35 s, or the caller's 30 s, would be waited for.
        var exitCode = await host.Process.EndAsync(TimeSpan.FromSeconds(20));

        Assert.That(exitCode, Is.Zero, host.Process.Tail);
        Assert.That((await waiting)?.Status, Is.Null.Or.EqualTo(HttpStatusCode.Accepted).Or.EqualTo(HttpStatusCode.ServiceUnavailable));
        await host.StartAsync();
        var counts = (await host.AskAsync(HttpMethod.Get, $"/notifications/{sent}")).GetProperty("counts");
        Assert.That(counts.GetProperty("pending").GetInt64(), Is.EqualTo(10), "what was cut off is sent again");
    }

    private static async Task<HostUnderTest> StartAsync(TempFolder folder, GatewayProcess gateways, int stopTimeout)
    {
        var settings = HostUnderTest.Settings($"Data Source={Path.Combine(folder.Path, "pushhost.db")}");
        foreach (var (name, value) in gateways.Settings(TimeSpan.FromSeconds(35)))
            settings[name] = value;
        settings["PushHost__Delivery__StopTimeoutSeconds"] = $"{stopTimeout}";
        var host = new HostUnderTest(folder.Path, settings);
        await host.StartAsync();
        return host;
    }

    private static async Task<IReadOnlyList<string>> ImportAsync(HostUnderTest host, int devices)
    {
        var tokens = Enumerable.Range(0, devices).Select(i => $"a0{i:x6}").ToList();
        await host.AskAsync(HttpMethod.Post, "/devices/import", Population.Import(tokens, []));
        return tokens;
    }

    private static async Task<long> SendAsync(HostUnderTest host)
    {
        var sent = await host.AskAsync(HttpMethod.Post, "/notifications", new { to = new { all = true }, message = new { body = "Hi" } });
        return sent.GetProperty("id").GetInt64();
    }

    private static Task UntilAcceptedAsync(HostUnderTest host, long notification, int accepted) => UntilAsync(async () =>
        (await host.AskAsync(HttpMethod.Get, $"/notifications/{notification}")).GetProperty("counts").GetProperty("accepted").GetInt64() >= accepted);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
    }
}
