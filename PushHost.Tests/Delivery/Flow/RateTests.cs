using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery.Flow;

namespace PushHost.Tests.Delivery.Flow;

/// <summary>Messages a minute: what a credential may send, and what a notification asks for.</summary>
public class RateTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void A_minutes_quota_is_never_spent_at_once()
    {
        var ceiling = new RateCeiling(600, _time);

        var waits = Enumerable.Range(0, 600).Select(_ => ceiling.Take(1, mayRunAhead: false).TotalSeconds).ToList();

        Assert.That(waits[9], Is.Zero);
        Assert.That(waits[10], Is.EqualTo(0.1).Within(0.001));
        Assert.That(waits[^1], Is.EqualTo(59).Within(0.001));
    }

    [Test]
    public void A_pause_saves_up_no_more_than_a_second_of_the_rate()
    {
        var ceiling = new RateCeiling(600, _time);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.That(ceiling.Take(10, mayRunAhead: false), Is.EqualTo(TimeSpan.Zero));
        Assert.That(ceiling.Take(1, mayRunAhead: false), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void One_to_one_messages_go_ahead_of_a_campaign_that_has_used_up_the_rate()
    {
        var ceiling = new RateCeiling(600, _time);
        ceiling.Take(60, mayRunAhead: false);

        Assert.That(ceiling.Take(1, mayRunAhead: true), Is.EqualTo(TimeSpan.Zero));
        Assert.That(ceiling.Take(1, mayRunAhead: false), Is.GreaterThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Hosts_that_share_a_database_share_the_rate()
    {
        var hosts = 1;
        var ceiling = new RateCeiling(600, _time, () => hosts);
        var pace = new Pace(60, _time, () => hosts);
        hosts = 3;

        ceiling.Take(10, mayRunAhead: false);
        pace.Take(1);

        Assert.That(ceiling.Take(10, mayRunAhead: false).TotalSeconds, Is.GreaterThanOrEqualTo(3));
        Assert.That(pace.Take(1), Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void A_pace_gives_each_its_turn()
    {
        var pace = new Pace(60, _time);

        Assert.That(pace.Take(1), Is.EqualTo(TimeSpan.Zero));
        Assert.That(pace.Take(1), Is.EqualTo(TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(pace.Take(1), Is.EqualTo(TimeSpan.Zero));
        Assert.That(pace.Ahead, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }
}
