using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Storage;

namespace PushHost.Tests.Delivery.Flow;

/// <summary>How long a gateway rests.</summary>
public class GatewayHealthTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void A_gateway_that_asks_for_a_day_is_tried_again_after_five_minutes()
    {
        var health = new GatewayHealth(_time);
        health.Rest("HTTP 429", _time.GetUtcNow() + TimeSpan.FromDays(1));

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.That(health.Rests, Is.True);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(health.Rests, Is.False);
    }

    [Test]
    public void A_clock_that_is_set_back_makes_no_gateway_rest_for_longer()
    {
        var health = new GatewayHealth(_time);
        health.Rest("down");

        _time.AdjustTime(_time.GetUtcNow() - TimeSpan.FromHours(3));
        Assert.That(health.Rests, Is.False);
        health.Rest("down");

        Assert.That(health.RestUntil - _time.UnixMilliseconds(), Is.EqualTo(2000));
    }

    [Test]
    public void A_gateway_that_goes_on_failing_rests_longer_each_time_up_to_ten_seconds()
    {
        var health = new GatewayHealth(_time);
        var rests = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            health.Rest("down");
            rests.Add(health.RestUntil - _time.UnixMilliseconds());
            _time.Advance(TimeSpan.FromMilliseconds(rests[^1]));
        }

        Assert.That(rests, Is.EqualTo(new long[] { 1000, 2000, 4000, 8000, 10_000, 10_000 }));
    }

    [Test]
    public void It_is_news_once_and_again_when_the_reason_changes_or_it_was_well_between()
    {
        var health = new GatewayHealth(_time);
        bool Rests(string reason)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return health.Rest(reason);
        }

        Assert.That(Rests("a"), Is.True);
        Assert.That(Rests("a"), Is.False);
        Assert.That(Rests("b"), Is.True);
        Assert.That(health.Well(), Is.True);
        Assert.That(health.Well(), Is.False);
        Assert.That(Rests("b"), Is.True);
    }
}
