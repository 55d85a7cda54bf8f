using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>What verdicts did to devices.</summary>
/// <param name="SwitchedOff">Devices that are no longer sent to.</param>
/// <param name="Held">Verdicts that the brake held for an operator.</param>
internal readonly record struct AppliedVerdicts(int SwitchedOff, int Held);

/// <summary>Does to devices what verdicts say of their tokens. Runs in the journal's transaction.</summary>
internal static class TokenVerdicts
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    public static AppliedVerdicts Apply(SqlSession session, BatchRow batch, long app, IReadOnlyList<DeliveryResult> results, BrakeSettings brake, long now)
    {
        var accepted = new List<long>(results.Count);
        var dead = new List<(long Device, TokenAction.SwitchOff Action)>();
        foreach (var result in results)
        {
            if (result.Outcome == DeliveryOutcome.Accepted)
                accepted.Add(result.Device);
            switch (result.Token)
            {
                case TokenAction.SwitchOff action:
                    dead.Add((result.Device, action));
                    break;
                case TokenAction.TryElsewhere refused:
                    NoteRejection(session, result.Device, refused.SentTo, refused.RejectedIn);
                    break;
                case TokenAction.Remember works:
                    Remember(session, result.Device, works);
                    break;
                case TokenAction.Replace replaced:
                    TokenReplacement.Run(session, app, batch.Provider, result.Device, replaced, now);
                    break;
            }
        }
        NoteAccepted(session, accepted, now);
        if (dead.Exists(verdict => verdict.Action is TokenAction.Quarantine { MayBeOurFault: true }) && accepted.Count == 0 && !WasTakenForAnother(session, batch))
            dead.RemoveAll(verdict => verdict.Action is TokenAction.Quarantine { MayBeOurFault: true });
        return dead.Count == 0 ? default : SwitchOff(session, batch.Notification, dead, brake, now);
    }

    /// <summary>Switches a device off, unless it is off already, has another token or registered after the gateway's moment: then it is alive,
    /// whatever the gateway said of its past.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="device">The device.</param>
    /// <param name="action">What the gateway said.</param>
    /// <param name="notification">The notification that it said it of; null for none.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>Whether it was switched off.</returns>
    public static bool SwitchOff(SqlSession session, long device, TokenAction.SwitchOff action, long? notification, long now) => session.Execute(
        "UPDATE device SET state = @p1, reason = @p2, state_since = @p3, deactivated_by = @p4 "
        + "WHERE id = @p0 AND state = @p5 AND registration_id = @p6 AND registered_at <= @p7",
        device, (int)action.State, action.Reason, now, notification, (int)DeviceState.Active, action.SentTo, action.Since) > 0;

    private static AppliedVerdicts SwitchOff(
        SqlSession session, long notification, List<(long Device, TokenAction.SwitchOff Action)> dead, BrakeSettings brake, long now)
    {
        var room = Brake.Take(session, notification, dead.Count, brake);
        var (off, held) = (0, 0);
        // In the order of their ids, as every transaction takes the rows it changes.
        foreach (var (device, action) in dead.OrderBy(verdict => verdict.Device))
        {
            if (action is TokenAction.Quarantine { RejectedIn: { } rejectedIn })
                NoteRejection(session, device, action.SentTo, rejectedIn);
            if (off < room)
                off += SwitchOff(session, device, action, notification, now) ? 1 : 0;
            else
                held += HeldVerdicts.Hold(session, notification, device, action, now) ? 1 : 0;
        }
        Brake.Settle(session, notification, dead.Count - off, held);
        return new AppliedVerdicts(off, held);
    }

    // The message and the credential are known good once the gateway has taken them for somebody else.
    private static bool WasTakenForAnother(SqlSession session, BatchRow batch) => session.Number(
        "SELECT 1 FROM batch WHERE notification = @p0 AND provider = @p1 AND accepted > 0 LIMIT 1", batch.Notification, batch.Provider) is not null;

    private static void NoteRejection(SqlSession session, long device, string sentTo, string rejectedIn) => session.Execute(
        "UPDATE device SET rejected_in = @p1 WHERE id = @p0 AND registration_id = @p2", device, rejectedIn, sentTo);

    private static void Remember(SqlSession session, long device, TokenAction.Remember works) => session.Execute(
        "UPDATE device SET environment = @p1, rejected_in = @p2 "
        + "WHERE id = @p0 AND registration_id = @p3 AND registered_at <= @p4 AND COALESCE(environment, '') = @p5",
        device, works.Environment, works.RejectedIn, works.SentTo, works.Since, works.Was ?? "");

    private static void NoteAccepted(SqlSession session, List<long> accepted, long now)
    {
        if (accepted.Count == 0)
            return;
        // At most once a day, so that a device's row isn't rewritten for every message. A row that somebody else is changing has time until the next one.
        session.Execute(
            "UPDATE device SET last_accepted_at = @p1 WHERE id IN (SELECT id FROM device WHERE id IN (SELECT value FROM items(@p0)) "
            + "AND (last_accepted_at IS NULL OR last_accepted_at < @p2) ORDER BY id FOR UPDATE SKIP LOCKED)",
            SqlList.Of(accepted), now, now - Day);
    }
}
