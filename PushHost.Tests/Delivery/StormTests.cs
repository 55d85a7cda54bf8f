using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Delivery;

/// <summary>What is on record after bad weather at the gateways, beside what the gateways know themselves.</summary>
public class StormTests
{
    private const int Each = 1000;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    private static TestHostOptions Counting => new() { Simulator = time => new SimulatorOptions { Time = time, TallyRecipients = true, OutboxCapacity = 0 } };

    [Test]
    public async Task Goodbyes_refused_streams_and_shrinking_limits_cost_nobody_an_attempt_or_a_verdict()
    {
        await using var host = await TestHost.StartAsync(Counting);

        var deliveries = await SendInAsync(host, storm: turn =>
        {
            foreach (var gateway in (Gateway[])[host.Apns, host.Fcm])
            {
                gateway.GoAway();
                gateway.FaultAll(Fault.StreamReset(), times: 5);
            }
            host.Apns.MaxConcurrentStreams = host.Fcm.StreamLimit = 20 + (turn * 7 % 60);
        });

        var seen = Seen(host);
        Assert.That(deliveries, Has.Count.EqualTo(2 * Each));
        Assert.That(
            deliveries.Where(one => one.Value is not { Outcome: DeliveryOutcome.Accepted, Attempts: 1 } || seen[one.Key].Accepted != 1)
                .Select(one => $"{one.Value.Provider} {one.Value.Outcome} in {one.Value.Attempts} attempts, taken {seen[one.Key].Accepted} times of {seen[one.Key].Requests}"),
            Is.Empty, string.Join('\n', host.Log.Lines.TakeLast(20)));
    }

    [Test]
    public async Task Where_answers_are_cut_off_nothing_is_on_record_that_the_gateways_do_not_know()
    {
        await using var host = await TestHost.StartAsync(Counting);

        var deliveries = await SendInAsync(host, storm: turn =>
        {
            Gateway gateway = turn % 2 == 0 ? host.Apns : host.Fcm;
            if (turn % 3 == 0)
                gateway.ResetConnections();
            else
                gateway.FaultAll(Fault.StreamReset(errorCode: 2), times: 5);
            gateway.GoAway();
        });

        var seen = Seen(host);
        Assert.That(deliveries, Has.Count.EqualTo(2 * Each));
        Assert.That(deliveries.Values.Select(delivery => delivery.Outcome), Has.All.EqualTo(DeliveryOutcome.Accepted).Or.EqualTo(DeliveryOutcome.Unknown));
        Assert.That(
            deliveries.Where(one => one.Value.Outcome == DeliveryOutcome.Accepted && seen[one.Key].Accepted == 0), Is.Empty,
            "whoever is accepted on record was accepted by the gateway");
        Assert.That(deliveries.Where(one => seen[one.Key].Requests > one.Value.Attempts), Is.Empty, "whatever reached the gateway is an attempt on record");
    }

    // Sends to all while the weather turns every moment, and answers what is on record by token.
    private static async Task<Dictionary<string, ServiceModel.Delivery>> SendInAsync(TestHost host, Action<int> storm)
    {
        var devices = (await host.RegisterManyAsync("apns", Each)).Concat(await host.RegisterManyAsync("gcm", Each)).ToDictionary(device => device.Id);
        foreach (var gateway in (Gateway[])[host.Apns, host.Fcm])
            gateway.FaultsByPrefix("", Fault.Slow(Latency));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        for (var turn = 0; turn < 12 && (await host.NotificationAsync(sent.Id)).State != NotificationState.Completed; turn++)
        {
            storm(turn);
            await Task.Delay(Between, TimeProvider.System);
        }
        (host.Apns.MaxConcurrentStreams, host.Fcm.StreamLimit) = (1000, 100);
        await host.CompletedAsync(sent);
        return (await host.DeliveriesAsync(sent)).Concat(await host.DeliveriesAsync(sent, $"take=1000&after={Each}"))
            .ToDictionary(delivery => devices[delivery.Device].RegistrationId!);
    }

    private static Dictionary<string, RecipientCounts> Seen(TestHost host) =>
        host.Apns.Tally!.Counts.Concat(host.Fcm.Tally!.Counts).ToDictionary(recipient => recipient.Token);
}
