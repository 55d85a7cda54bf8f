using NUnit.Framework;
using PushHost.ServiceInterface.Delivery.Flow;

namespace PushHost.Tests.Delivery.Flow;

/// <summary>How many requests may be in flight, by what their answers were.</summary>
public class ConcurrencyLimitTests
{
    [Test]
    public void It_starts_low_and_doubles_with_each_round_of_good_answers_up_to_the_most()
    {
        var limit = new ConcurrencyLimit(first: 2, most: 10);

        var rounds = Enumerable.Range(0, 4).Select(_ => Round(limit)).ToArray();

        Assert.That(rounds, Is.EqualTo(new[] { 4, 8, 10, 10 }));
    }

    [Test]
    public void It_does_not_grow_while_less_is_in_flight_than_it_allows()
    {
        var limit = new ConcurrencyLimit(first: 4, most: 10);

        for (var i = 0; i < 100; i++)
            limit.Succeed(inFlight: 3);

        Assert.That(limit.Current, Is.EqualTo(4));
    }

    [Test]
    public void Requests_that_fail_together_halve_it_once()
    {
        var limit = new ConcurrencyLimit(first: 8, most: 100);

        for (var inFlight = 8; inFlight > 0; inFlight--)
            limit.Cut(inFlight);

        Assert.That(limit.Current, Is.EqualTo(4));
    }

    [Test]
    public void After_a_cut_it_grows_by_one_a_round()
    {
        var limit = new ConcurrencyLimit(first: 8, most: 100);
        limit.Cut(inFlight: 1);

        Assert.That(Round(limit), Is.EqualTo(5));
        Assert.That(Round(limit), Is.EqualTo(6));
    }

    [Test]
    public void It_never_falls_below_one()
    {
        var limit = new ConcurrencyLimit(first: 1, most: 100);

        limit.Cut(inFlight: 1);

        Assert.That(limit.Current, Is.EqualTo(1));
    }

    private static int Round(ConcurrencyLimit limit)
    {
        for (var left = limit.Current; left > 0; left--)
            limit.Succeed(limit.Current);
        return limit.Current;
    }
}
