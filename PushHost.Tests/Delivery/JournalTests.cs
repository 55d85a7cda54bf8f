using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceModel;

namespace PushHost.Tests.Delivery;

/// <summary>Leases and the journal on a real database.</summary>
public class JournalTests
{
    private const long Lease = 120_000;
    private readonly LedgerDatabase _database = new();

    [TearDown]
    public void Close() => _database.Dispose();

    [Test]
    public void Two_claims_never_get_one_batch()
    {
        Plan(1500);

        var claims = new[] { ClaimAt(0), ClaimAt(0), ClaimAt(Lease - 1) };

        Assert.That(claims[0]!.Batch.Id, Is.Not.EqualTo(claims[1]!.Batch.Id));
        Assert.That(claims[2], Is.Null);
    }

    [Test]
    public void A_lapsed_lease_is_claimed_again_under_a_higher_epoch()
    {
        Plan(1);
        var first = ClaimAt(0)!;

        Assert.That(ClaimAt(Lease)!.Batch.LeaseEpoch, Is.EqualTo(first.Batch.LeaseEpoch + 1));
    }

    [Test]
    public void Writes_under_a_stale_epoch_change_nothing()
    {
        var notification = Plan(2);
        var stale = ClaimAt(0)!;
        var current = ClaimAt(Lease)!;
        var before = State(notification);

        var recorded = Record(stale, Result(1, DeliveryOutcome.Accepted), Result(2, DeliveryOutcome.Failed, new TokenAction.Deactivate("t", "r", 1)));

        Assert.That(recorded.Stale, Is.True);
        Assert.That(State(notification), Is.EqualTo(before));
        Assert.That(Record(current, Result(1, DeliveryOutcome.Accepted)).Stale, Is.False);
    }

    [Test]
    public void The_last_verdict_completes_the_notification_and_folds_its_counts()
    {
        var notification = Plan(3);
        var claim = ClaimAt(0)!;
        Record(claim, Result(1, DeliveryOutcome.Accepted), Result(2, DeliveryOutcome.Pending));
        Assert.That(Record(claim, Result(3, DeliveryOutcome.Suppressed)), Is.EqualTo(new Journal.Recorded(Stale: false, Done: false, Completed: false)));

        var last = Record(claim, Result(2, DeliveryOutcome.Expired));

        Assert.That(last, Is.EqualTo(new Journal.Recorded(Stale: false, Done: true, Completed: true)));
        Assert.That(Row(notification), Has.Property("State").EqualTo(NotificationState.Completed).And.Property("Total").EqualTo(3));
        Assert.That(_database.Session.Number("SELECT COUNT(*) FROM batch"), Is.Zero);
        Assert.That(Record(claim, Result(1, DeliveryOutcome.Failed)).Stale, Is.True);
    }

    [Test]
    public void What_a_dead_process_had_leased_is_due_at_once_and_its_epoch_is_stale()
    {
        Plan(1);
        var dead = ClaimAt(0)!;

        BatchStore.ReleaseAll(_database.Session, 5);

        Assert.That(Record(dead, Result(1, DeliveryOutcome.Accepted)).Stale, Is.True);
        Assert.That(ClaimAt(5), Is.Not.Null);
    }

    [Test]
    public void A_recipient_that_moves_to_a_trial_after_a_cancel_is_not_sent_to_there()
    {
        var notification = Plan(1);
        var claim = ClaimAt(0)!;
        Cancellation.Mark(_database.Session, 1, notification, 0);
        Cancellation.Sweep(_database.Session, notification, 0);

        _database.Record(claim, [Result(1, DeliveryOutcome.Pending, new TokenAction.TryElsewhere("t", "sandbox", "production"))], releaseUntil: 0, 0);

        Assert.That(ClaimAt(0)!.Batch, Has.Property("Lane").EqualTo(DeliveryLane.Trial).And.Property("IsStopped").True);
    }

    [TestCase(null, OnUnknown.Resend, 4000)]
    [TestCase(null, OnUnknown.Stop, 4000)]
    [TestCase(60, OnUnknown.Resend, 2500)]
    [TestCase(1, OnUnknown.Resend, 250)]
    public void What_is_planned_in_one_piece_is_short_to_write_however_slow_the_pace(int? perMinute, OnUnknown onUnknown, int most)
    {
        var row = new ServiceInterface.Storage.Rows.NotificationRow { PerMinute = perMinute, OnUnknown = onUnknown };

        Assert.That(BatchStore.MostAtOnce(row), Is.EqualTo(most));
    }

    private long Plan(int devices) => _database.Plan(Enumerable.Range(1, devices).Select(id => new AudienceMember(id, "apns", null)), now: 0);

    private Claim? ClaimAt(long now) => _database.Claim(now, now + Lease);

    private Journal.Recorded Record(Claim claim, params DeliveryResult[] results) =>
        Journal.Record(_database.Session, claim, 1, results, null, claim.LeaseUntil, new BrakeSettings(), 1);

    private ServiceInterface.Storage.Rows.NotificationRow Row(long id) => NotificationStore.Find(_database.Session, id)!;

    private string State(long notification)
    {
        var row = Row(notification);
        return $"{row.State} {row.Total} {row.Accepted} {row.Failed} rows {_database.Session.Number("SELECT COUNT(*) FROM delivery")} "
            + $"due {_database.Session.Number("SELECT SUM(due_at) FROM batch")}";
    }

    private static DeliveryResult Result(long device, DeliveryOutcome outcome, TokenAction? token = null) =>
        new(device, outcome, outcome == DeliveryOutcome.Accepted ? null : "reason", null, 1, 10, token);
}
