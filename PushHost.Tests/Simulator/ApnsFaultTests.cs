using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

public class ApnsFaultTests
{
    [Test]
    public async Task A_well_formed_request_is_accepted_and_found_in_the_outbox()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        var request = caller.NewRequest("00ff");
        request.Headers.Add("apns-id", "123e4567-e89b-12d3-a456-426614174000");

        var reply = await caller.SendAsync(request);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Body);
        Assert.That(reply.Body, Is.Empty);
        Assert.That(reply.Header("apns-id"), Is.EqualTo("123e4567-e89b-12d3-a456-426614174000"));
        Assert.That(reply.Header("apns-unique-id"), Is.Null);
        var entry = simulator.Apns.Outbox.Entries.Single();
        Assert.That(entry.Token, Is.EqualTo("00ff"));
        Assert.That(entry.Outcome.IsAccepted);
        Assert.That(entry.Header("apns-topic"), Is.EqualTo(simulator.Credentials.ApnsBundleId));
        Assert.That(System.Text.Encoding.UTF8.GetString(entry.Body.Span), Is.EqualTo(ApnsCaller.Alert));
        Assert.That(simulator.Apns.Stats.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task An_unregistered_token_is_answered_410_with_the_time_in_milliseconds()
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultToken("00FF", ApnsFault.Unregistered(since));

        var reply = await caller.PushAsync("00ff");

        Assert.That((int)reply.Status, Is.EqualTo(410));
        Assert.That(reply.Reason, Is.EqualTo("Unregistered"));
        Assert.That(JsonDocument.Parse(reply.Body).RootElement.GetProperty("timestamp").GetInt64(), Is.EqualTo(1_700_000_000_123));
        Assert.That(simulator.Apns.Stats.Outcomes["410 Unregistered"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_prefix_fault_with_times_meets_each_token_that_often()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultsByPrefix("beef", ApnsFault.TooManyRequests(TimeSpan.FromSeconds(1)), times: 1);

        var first = await caller.PushAsync("BEEF01");
        var other = await caller.PushAsync("beef02");
        var again = await caller.PushAsync("beef01");

        Assert.That((int)first.Status, Is.EqualTo(429));
        Assert.That(first.Header("retry-after"), Is.EqualTo("1"));
        Assert.That((int)other.Status, Is.EqualTo(429));
        Assert.That((int)again.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_fault_for_all_ends_after_its_number_of_requests()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultAll(ApnsFault.ServiceUnavailable(TimeSpan.FromSeconds(7)), times: 2);

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
            statuses.Add((int)(await caller.PushAsync("00ff")).Status);

        Assert.That(statuses, Is.EqualTo(new[] { 503, 503, 200 }));
    }

    [Test]
    public async Task A_fault_for_all_ends_when_its_time_is_over()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Time = time });
        using var caller = new ApnsCaller(simulator, time);
        simulator.Apns.FaultAll(ApnsFault.Reason("InternalServerError"), during: TimeSpan.FromMinutes(5));

        Assert.That((int)(await caller.PushAsync("00ff")).Status, Is.EqualTo(500));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.That((int)(await caller.PushAsync("00ff")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_slow_answer_comes_when_the_simulators_clock_says_so()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Time = time });
        using var caller = new ApnsCaller(simulator, time);
        simulator.Apns.FaultAll(Fault.Slow(TimeSpan.FromSeconds(30)));

        var sending = caller.PushAsync("00ff");
        await simulator.Apns.Outbox.WaitForTotalAsync(1);
        Assert.That(sending.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((int)(await sending).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task No_answer_holds_the_stream_and_only_the_stream()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("00ff");
        simulator.Apns.FaultToken("dead", Fault.NoAnswer());
        using var patience = new CancellationTokenSource();

        var held = caller.PushAsync("dead", patience.Token);
        await simulator.Apns.Outbox.WaitForTotalAsync(2);
        var other = await caller.PushAsync("00ff");

        Assert.That((int)other.Status, Is.EqualTo(200));
        Assert.That(held.IsCompleted, Is.False);
        await patience.CancelAsync();
        Assert.That(async () => await held, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(simulator.Apns.Stats.ConnectionsOpened, Is.EqualTo(1));
    }

    [Test]
    public async Task A_connection_reset_takes_every_stream_with_it()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("00ff");
        simulator.Apns.FaultToken("aa", Fault.NoAnswer());
        simulator.Apns.FaultToken("bb", Fault.ConnectionReset(), times: 1);

        var held = caller.PushAsync("aa");
        await simulator.Apns.Outbox.WaitForTotalAsync(2);

        Assert.That(async () => await caller.PushAsync("bb"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(async () => await held, Throws.InstanceOf<HttpRequestException>());
        Assert.That((int)(await caller.PushAsync("00ff")).Status, Is.EqualTo(200));
        Assert.That(simulator.Apns.Stats.ConnectionsOpened, Is.EqualTo(2));
    }

    [Test]
    public async Task A_stream_refused_is_sent_again_by_the_client_and_processed_once()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultAll(Fault.StreamReset(), times: 1);

        var reply = await caller.PushAsync("00ff");

        Assert.That((int)reply.Status, Is.EqualTo(200));
        Assert.That(simulator.Apns.Outbox.Entries.Select(entry => entry.Outcome.Reason), Is.EqualTo(new[] { "StreamReset", "" }));
    }
}
