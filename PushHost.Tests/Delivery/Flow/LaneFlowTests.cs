using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery.Flow;

namespace PushHost.Tests.Delivery.Flow;

/// <summary>Whom a lane lets begin, and when.</summary>
public class LaneFlowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatewayHealth _health;

    public LaneFlowTests() => _health = new GatewayHealth(_time);

    [Test]
    public async Task A_full_lane_lets_the_next_request_in_when_one_leaves()
    {
        var flow = Flow(most: 1);
        Assert.That(await Enter(flow), Is.True);
        var next = Enter(flow);
        Assert.That(next.IsCompleted, Is.False);

        flow.Leave(Ending.Silent);

        Assert.That(await next, Is.True);
    }

    [Test]
    public async Task Whoever_waits_is_told_when_the_gateway_begins_to_rest()
    {
        var flow = Flow(most: 1);
        await Enter(flow);
        var next = Enter(flow);

        _health.Rest("down");
        flow.HealthChanged();

        Assert.That(await next, Is.False);
        Assert.That(flow.Wanted, Is.Zero);
    }

    [Test]
    public async Task After_a_rest_one_request_tries_whether_the_gateway_is_back_and_then_all_go_on()
    {
        var flow = Flow(most: 10);
        _health.Rest("down");
        Assert.That(await Enter(flow), Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await Enter(flow), Is.True);
        var second = Enter(flow);
        Assert.That(second.IsCompleted, Is.False);
        _health.Well();
        flow.HealthChanged();

        Assert.That(await second, Is.True);
    }

    [Test]
    public async Task Little_more_begins_than_the_connections_carry()
    {
        var flow = Flow(most: 100, first: 100);
        flow.SetCapacity(1);

        var begun = 0;
        while (Enter(flow) is { IsCompleted: true } entered && await entered)
            begun++;

        Assert.That(begun, Is.EqualTo(5));
        Assert.That(flow.Limit, Is.EqualTo(5));
    }

    [Test]
    public async Task What_waits_goes_on_when_the_connections_carry_more()
    {
        var flow = Flow(most: 100, first: 100);
        flow.SetCapacity(1);
        var all = Enumerable.Range(0, 40).Select(_ => Enter(flow)).ToArray();

        flow.SetCapacity(100);

        Assert.That(await Task.WhenAll(all), Is.All.True);
    }

    [Test]
    public async Task A_lane_that_was_throttled_rests_alone()
    {
        var bulk = Flow(most: 10);
        var transactional = Flow(most: 10);

        bulk.Rest("HTTP 429", _time.GetUtcNow() + TimeSpan.FromSeconds(30));

        Assert.That(await Enter(bulk), Is.False);
        Assert.That(await Enter(transactional), Is.True);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await Enter(bulk), Is.True);
    }

    [Test]
    public async Task A_wait_that_is_given_up_takes_no_room()
    {
        var flow = Flow(most: 1);
        await Enter(flow);
        using var patience = new CancellationTokenSource();
        var given = flow.EnterAsync(1, patience.Token).AsTask();
        await patience.CancelAsync();
        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());

        flow.Leave(Ending.Silent);

        Assert.That(await Enter(flow), Is.True);
    }

    [Test]
    public void A_lane_wants_twice_what_may_be_in_flight_and_says_so_when_it_runs_low()
    {
        var rung = 0;
        var flow = Flow(most: 10, first: 10);
        flow.RunsLow = () => rung++;
        Assert.That(flow.Wanted, Is.EqualTo(20));

        using var holding = new Holding(flow, 1000);
        Assert.That(flow.Wanted, Is.Zero);
        holding.Begin(980);
        Assert.That((flow.Wanted, rung), Is.EqualTo((0, 0)));
        holding.Begin(1);

        Assert.That((flow.Wanted, rung), Is.EqualTo((1, 1)));
    }

    [Test]
    public void What_a_claim_gave_back_is_not_given_back_again_when_it_begins_all_the_same()
    {
        var flow = Flow(most: 10, first: 10);
        using var holding = new Holding(flow, 15);

        holding.Begin(1);
        holding.GiveBack();
        holding.Begin(1);

        Assert.That(flow.Wanted, Is.EqualTo(20));
    }

    private static Task<bool> Enter(LaneFlow flow) => flow.EnterAsync(1, CancellationToken.None).AsTask();

    private LaneFlow Flow(int most, int first = 16) => new(_health, new ConcurrencyLimit(first, most), null, false, _time);
}
