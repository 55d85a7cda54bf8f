using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage;

namespace PushHost.Tests.Delivery;

/// <summary>How long a gateway rests.</summary>
public class GatewayFlowTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task A_gateway_that_asks_for_a_day_is_tried_again_after_five_minutes()
    {
        using var flow = new GatewayFlow(1, _time);
        flow.Rest("HTTP 429", _time.GetUtcNow() + TimeSpan.FromDays(1));

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.That(await flow.EnterAsync(CancellationToken.None), Is.False);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await flow.EnterAsync(CancellationToken.None), Is.True);
    }

    [Test]
    public void A_gateway_that_goes_on_failing_rests_longer_each_time_up_to_half_a_minute()
    {
        using var flow = new GatewayFlow(1, _time);
        var rests = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            flow.Rest("down");
            rests.Add(flow.RestUntil - _time.UnixMilliseconds());
            _time.Advance(TimeSpan.FromMilliseconds(rests[^1]));
        }

        Assert.That(rests, Is.EqualTo(new long[] { 1000, 2000, 4000, 8000, 16000, 30000, 30000 }));
    }

    [Test]
    public void It_is_news_once_and_again_when_the_reason_changes_or_it_was_well_between()
    {
        using var flow = new GatewayFlow(1, _time);
        bool Rests(string reason)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return flow.Rest(reason);
        }

        Assert.That(Rests("a"), Is.True);
        Assert.That(Rests("a"), Is.False);
        Assert.That(Rests("b"), Is.True);
        flow.Well();
        Assert.That(Rests("b"), Is.True);
    }

    [Test]
    public async Task A_full_gateway_lets_the_next_request_in_when_one_leaves()
    {
        using var flow = new GatewayFlow(1, _time);
        Assert.That(await flow.EnterAsync(CancellationToken.None), Is.True);
        var next = flow.EnterAsync(CancellationToken.None).AsTask();
        Assert.That(next.IsCompleted, Is.False);

        flow.Leave();

        Assert.That(await next, Is.True);
    }
}
