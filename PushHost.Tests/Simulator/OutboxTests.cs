using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

public class OutboxTests
{
    [Test]
    public async Task Only_the_latest_requests_are_kept()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { OutboxCapacity = 3 });
        using var caller = new ApnsCaller(simulator);
        foreach (var token in (string[])["01", "02", "03", "04"])
            await caller.PushAsync(token);

        Assert.That(simulator.Apns.Outbox.Total, Is.EqualTo(4));
        Assert.That(simulator.Apns.Outbox.Entries.Select(entry => entry.Token), Is.EqualTo(new[] { "02", "03", "04" }));
        Assert.That(simulator.Apns.Outbox.Latest(2).Select(entry => entry.Token), Is.EqualTo(new[] { "04", "03" }));
    }

    [Test]
    public async Task Without_capacity_requests_are_counted_and_not_kept()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { OutboxCapacity = 0 });
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("01");

        Assert.That(simulator.Apns.Outbox.Entries, Is.Empty);
        Assert.That(simulator.Apns.Stats.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Equal_bodies_share_their_memory_and_different_ones_do_not()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("01");
        await caller.PushAsync("02");
        await caller.SendAsync(caller.NewRequest("03", """{"aps":{"alert":"Ho"}}"""));

        var bodies = simulator.Apns.Outbox.Entries.Select(entry => entry.Body).ToList();

        Assert.That(bodies[0], Is.EqualTo(bodies[1]));
        Assert.That(System.Text.Encoding.UTF8.GetString(bodies[2].Span), Is.EqualTo("""{"aps":{"alert":"Ho"}}"""));
    }

    [Test]
    public async Task A_reset_forgets_faults_requests_and_counters()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultAll(ApnsFault.Reason("InternalServerError"));
        simulator.Apns.FaultsByPrefix("00", ApnsFault.Reason("BadDeviceToken"));
        simulator.Apns.MaxConcurrentStreams = 5;
        await caller.PushAsync("00ff");

        simulator.Reset();

        Assert.That(simulator.Apns.Outbox.Total, Is.Zero);
        Assert.That(simulator.Apns.Stats.Requests, Is.Zero);
        Assert.That(simulator.Apns.Stats.Outcomes, Is.Empty);
        Assert.That(simulator.Apns.MaxConcurrentStreams, Is.EqualTo(1000));
        Assert.That((int)(await caller.PushAsync("00ff")).Status, Is.EqualTo(200));
    }
}
