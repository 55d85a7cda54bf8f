using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.Tests.Delivery.Tokens;

/// <summary>However planning and verdicts follow one another, no more is switched off than the brake allows, and no verdict is lost.</summary>
public class BrakeProperties
{
    private enum Step
    {
        Plan,
        Dead,
        Doubted,
        Outlived,
    }

    [Test]
    public void No_more_is_switched_off_than_the_brake_allows()
    {
        using var database = new LedgerDatabase();
        var steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[1, 20]).Array[1, 25];
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 10], steps).Sample((share, least, played) => Plays(database, new BrakeSettings { Share = share, MinCount = least }, played), iter: 100, threads: 1);
    }

    private static bool Plays(LedgerDatabase database, BrakeSettings brake, (Step Kind, int Count)[] steps)
    {
        var session = database.Session;
        foreach (var table in (string[])["batch", "device", "held_verdict"])
            session.Execute($"DELETE FROM {table}");
        var notification = database.Plan([], 0);
        var open = new Queue<(Claim Claim, long Device)>();
        var (planned, effective, last) = (0, 0, 0L);
        foreach (var (kind, count) in steps)
        {
            if (kind == Step.Plan)
            {
                var members = Enumerable.Range(1, count).Select(_ => Register(database, ++last)).ToList();
                BatchStore.Insert(session, new NotificationRow { Id = notification, App = 1, NotAfter = long.MaxValue }, members, 0);
                planned += count;
                var claim = database.Claim(0, 1000)!;
                foreach (var device in PackedRecipients.Unpack(claim.Batch.Recipients))
                    open.Enqueue((claim, device));
            }
            for (var i = 0; kind != Step.Plan && i < count && open.TryDequeue(out var recipient); i++)
            {
                var result = new DeliveryResult(recipient.Device, DeliveryOutcome.Failed, "reason", null, 1, 0, Action(kind, recipient.Device));
                Journal.Record(session, recipient.Claim, 1, [result], null, 1000, brake, 0);
                effective += kind == Step.Outlived ? 0 : 1;
            }
            if (!Holds(database, notification, brake, planned, effective))
                return false;
        }
        return true;
    }

    private static bool Holds(LedgerDatabase database, long notification, BrakeSettings brake, int planned, int effective)
    {
        var row = NotificationStore.Find(database.Session, notification)!;
        return row.Deactivated == database.Session.Number("SELECT COUNT(*) FROM device WHERE state <> 1")
            && row.Held == database.Session.Number("SELECT COUNT(*) FROM held_verdict")
            && row.Deactivated + row.Held == effective
            && row.Deactivated <= Math.Max(brake.MinCount, (long)(brake.Share * planned));
    }

    private static TokenAction Action(Step kind, long device) => kind switch
    {
        Step.Dead => new TokenAction.Deactivate($"t{device}", "UNREGISTERED", 1),
        Step.Doubted => new TokenAction.Quarantine($"t{device}", "BadDeviceToken", 1, null, MayBeOurFault: false),
        // The phone has another token by now.
        _ => new TokenAction.Deactivate("another", "UNREGISTERED", 1),
    };

    private static AudienceMember Register(LedgerDatabase database, long id)
    {
        database.Session.Execute(
            "INSERT INTO device (id, app, provider, kind, registration_id, owner_epoch, state, created_at, registered_at) VALUES (@p0, 1, 'apns', 'alert', @p1, 0, 1, 0, 0)",
            id, $"t{id}");
        return new AudienceMember(id, "apns", null);
    }
}
