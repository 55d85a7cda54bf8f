using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceModel;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>However claims, verdicts, moves to a trial, lapses, restarts, a cancel and the deletion of what is over follow one another, counters equal rows and nobody is
/// decided twice.</summary>
[OnBothDatabases]
public class LedgerTests
{
    private const int Devices = 12;
    private const long Lease = 100;

    private static readonly string[] Providers = ["apns", "gcm", "sample"];

    private static readonly DeliveryOutcome[] Outcomes =
    [
        DeliveryOutcome.Pending, DeliveryOutcome.Accepted, DeliveryOutcome.Failed, DeliveryOutcome.Expired, DeliveryOutcome.Suppressed, DeliveryOutcome.Unknown,
    ];

    private enum Step
    {
        Claim,
        Record,
        Release,
        Lapse,
        Restart,
        Cancel,
        Sweep,
        Retain,
    }

    [Test]
    public void Counters_equal_rows_whatever_happens()
    {
        using var database = new LedgerDatabase();
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 1000]).Array[1, 60].Sample(steps => Plays(database, steps), iter: 150, threads: 1);
    }

    private static bool Plays(LedgerDatabase database, (Step Kind, int Seed)[] steps)
    {
        var session = database.Session;
        session.Execute("DELETE FROM batch");
        session.Execute("DELETE FROM device");
        for (var id = 1; id <= Devices; id++)
        {
            session.Execute(
                "INSERT INTO device (id, app, provider, kind, registration_id, owner_epoch, state, created_at, registered_at) VALUES (@p0, 1, @p1, 'alert', @p2, 0, 1, 0, 0)",
                id, Providers[id % Providers.Length], $"t{id}");
        }
        var now = 0L;
        var notification = database.Plan(Enumerable.Range(1, Devices).Select(id => new AudienceMember(id, Providers[id % Providers.Length], null)), now);
        var claims = new List<Held>();
        var decided = new Dictionary<long, DeliveryOutcome>();
        var moved = new Dictionary<long, long>();
        foreach (var (kind, seed) in steps)
        {
            switch (kind)
            {
                case Step.Claim:
                    if (database.Claim(now, now + Lease) is { } claim)
                    {
                        if (claims.Exists(held => !held.IsOver && held.Claim.Batch.Id == claim.Batch.Id && held.Claim.LeaseUntil > now))
                            return false;
                        var open = PackedRecipients.Unpack(claim.Batch.Recipients)
                            .Where(device => !decided.ContainsKey(device) && (moved.GetValueOrDefault(device) == claim.Batch.Id || !moved.ContainsKey(device))).ToList();
                        var job = new Job(NotificationStore.Find(session, notification)!, TimeProvider.System);
                        var due = RecipientLoader.Load(session, claim, job, long.MaxValue).Due.Select(recipient => recipient.Device);
                        if (!due.SequenceEqual(claim.Batch.IsStopped ? [] : open))
                            return false;
                        claims.Add(new Held(claim, open));
                    }
                    break;
                case Step.Record or Step.Release:
                    if (claims.Count > 0 && !Record(database, claims[seed % claims.Count], seed, kind == Step.Release, now, decided, moved))
                        return false;
                    break;
                case Step.Lapse:
                    now += Lease;
                    break;
                case Step.Cancel:
                    Cancellation.Mark(session, 1, notification, now);
                    break;
                case Step.Sweep:
                    if (Cancellation.Open(session).Contains(notification))
                        Cancellation.Sweep(session, notification, now);
                    break;
                case Step.Retain:
                    // Whatever of earlier plays has ended may go; what goes on must not be touched.
                    if (NotificationStore.Find(session, notification)!.CompletedAt is null)
                        NotificationRetention.Step(session, long.MaxValue);
                    break;
                default:
                    BatchStore.ReleaseAll(session, now);
                    claims.ForEach(held => held.IsOver = true);
                    break;
            }
            if (!AddsUp(database, notification, decided))
                return false;
        }
        return EndsOnceCancelled(database, notification, now + (1000 * Lease));
    }

    // Whatever was going on, a cancel ends it: with the claims that are left, and none of them sends.
    private static bool EndsOnceCancelled(LedgerDatabase database, long notification, long now)
    {
        var session = database.Session;
        if (NotificationStore.Find(session, notification)!.CompletedAt is not null)
            return true;
        Cancellation.Mark(session, 1, notification, now);
        Cancellation.Sweep(session, notification, now);
        while (database.Claim(now, now + Lease) is { } claim)
        {
            if (!claim.Batch.IsStopped)
                return false;
            Journal.Record(session, claim, 1, [], releaseUntil: now, claim.LeaseUntil, new BrakeSettings(), now);
        }
        var row = NotificationStore.Find(session, notification)!;
        return row.State == NotificationState.Cancelled && row.Total == Devices
            && row.Accepted + row.Failed + row.Expired + row.Suppressed + row.Unknown == Devices;
    }

    private static bool Record(LedgerDatabase database, Held held, int seed, bool release, long now, Dictionary<long, DeliveryOutcome> decided, Dictionary<long, long> moved)
    {
        var random = new Random(seed);
        var results = held.Open.Where(_ => random.Next(2) == 0).Select(device => Result(held.Claim, device, random, now)).ToList();

        var recorded = Journal.Record(database.Session, held.Claim, 1, results, release ? now : null, held.Claim.LeaseUntil, new BrakeSettings(), now);

        if (recorded.Stale)
            return true;
        // A claim that was released or has lapsed may write on until another has its batch; who was decided under it is not open any more.
        foreach (var result in results.Where(TrialBatches.IsMoved))
        {
            held.Open.Remove(result.Device);
            moved.Add(result.Device, database.Session.Number(
                "SELECT batch FROM delivery WHERE notification = @p0 AND device = @p1", held.Claim.Batch.Notification, result.Device)!.Value);
        }
        foreach (var result in results.Where(result => result.Outcome != DeliveryOutcome.Pending))
        {
            held.Open.Remove(result.Device);
            if (!decided.TryAdd(result.Device, result.Outcome))
                return false;
        }
        if (release)
            held.IsOver = true;
        return recorded.Completed == (decided.Count + LeftOut(database, held.Claim.Batch.Notification) == Devices);
    }

    private static DeliveryResult Result(Claim claim, long device, Random random, long now)
    {
        if (claim.Batch.Lane != DeliveryLane.Trial && random.Next(4) == 0)
            return new DeliveryResult(device, DeliveryOutcome.Pending, "BadDeviceToken", null, 1, 0, new TokenAction.TryElsewhere($"t{device}", "sandbox", "production"));
        return new DeliveryResult(device, Outcomes[random.Next(Outcomes.Length)], "reason", null, 1, now + 1, null);
    }

    private static bool AddsUp(LedgerDatabase database, long notification, Dictionary<long, DeliveryOutcome> decided)
    {
        var row = NotificationStore.Find(database.Session, notification)!;
        var leftOut = LeftOut(database, notification);
        (DeliveryOutcome Outcome, long Count)[] counters =
        [
            (DeliveryOutcome.Accepted, row.Accepted), (DeliveryOutcome.Failed, row.Failed), (DeliveryOutcome.Expired, row.Expired),
            (DeliveryOutcome.Suppressed, row.Suppressed - leftOut), (DeliveryOutcome.Unknown, row.Unknown),
        ];
        return row.Total == Devices
            && (row.State is NotificationState.Completed or NotificationState.Cancelled) == (decided.Count + leftOut == Devices)
            && counters.All(counter => counter.Count == decided.Values.Count(outcome => outcome == counter.Outcome)
                && counter.Count == database.Session.Number(
                    "SELECT COUNT(*) FROM delivery WHERE notification = @p0 AND outcome = @p1", notification, (int)counter.Outcome));
    }

    private static long LeftOut(LedgerDatabase database, long notification) =>
        database.Session.Number("SELECT SUM(left_out) FROM batch WHERE notification = @p0", notification) ?? 0;

    private sealed record Held(Claim Claim, List<long> Open)
    {
        public bool IsOver { get; set; }
    }
}
