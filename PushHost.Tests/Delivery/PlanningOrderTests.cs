using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.Tests.Delivery;

/// <summary>Nobody waits for long until the audience is made, however much is being planned.</summary>
public class PlanningOrderTests
{
    private readonly LedgerDatabase _database = new();
    private readonly PlanningOrder _order = new();

    [TearDown]
    public void Close() => _database.Dispose();

    [Test]
    public void Campaigns_are_planned_in_turns()
    {
        long[] campaigns = [Accept(Lane.Bulk), Accept(Lane.Bulk), Accept(Lane.Normal)];

        Assert.That(Turns(4), Is.EqualTo(new long?[] { campaigns[0], campaigns[1], campaigns[2], campaigns[0] }));
    }

    [Test]
    public void A_one_to_one_message_is_behind_no_more_than_a_page_of_any_campaigns()
    {
        for (var i = 0; i < 20; i++)
            Accept(Lane.Bulk);
        Turns(3);
        var message = Accept(Lane.Transactional);

        Assert.That(Turns(2), Does.Contain(message));
    }

    [Test]
    public void What_calls_itself_one_to_one_takes_no_more_than_every_other_page()
    {
        var campaign = Accept(Lane.Bulk);
        long[] messages = [Accept(Lane.Transactional), Accept(Lane.Transactional)];

        var turns = Turns(12);

        Assert.That(turns.Count(turn => turn == campaign), Is.GreaterThanOrEqualTo(2));
        Assert.That(messages, Is.SubsetOf(turns.Take(4).Select(turn => turn!.Value)));
    }

    [Test]
    public void What_is_passed_over_gets_no_turn_until_its_time()
    {
        var faulty = Accept(Lane.Transactional);
        var other = Accept(Lane.Bulk);

        _order.PassOver(faulty, until: 1000);

        Assert.That(Turns(3, now: 999), Is.All.EqualTo(other));
        Assert.That(Turns(3, now: 1000), Does.Contain(faulty));
    }

    [Test]
    public void Where_nothing_waits_there_is_no_turn() => Assert.That(_order.Next(_database.Session, 0), Is.Null);

    private List<long?> Turns(int count, long now = 0) => [.. Enumerable.Range(0, count).Select(_ => _order.Next(_database.Session, now))];

    private long Accept(Lane lane) => NotificationStore.Insert(
        _database.Session, new NotificationRow { App = 1, State = NotificationState.Queued, Lane = lane, Message = "{}", Audience = "{}", NotAfter = long.MaxValue });
}
