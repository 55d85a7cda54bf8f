using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>Moves recipients whose token an environment refused to batches of the other one, which are sent apart from live traffic.</summary>
internal static class TrialBatches
{
    /// <summary>Moves those of a journal group that are to be tried elsewhere. Runs in the journal's own transaction, which has taken them off their batch:
    /// so the notification's total never changes.</summary>
    public static void Move(SqlSession session, BatchRow from, IReadOnlyList<DeliveryResult> results, long now)
    {
        foreach (var group in results.Where(IsMoved).GroupBy(result => ((TokenAction.TryElsewhere)result.Token!).Environment))
        {
            var moved = group.OrderBy(result => result.Device).ToArray();
            var trial = Insert(session, from.Id, group.Key, Array.ConvertAll(moved, result => result.Device), now);
            foreach (var result in moved)
                DeliveryStore.WriteMoved(session, from.Notification, from.Provider, result, trial, now);
        }
    }

    /// <summary>Whether a result moves its recipient to another batch.</summary>
    public static bool IsMoved(DeliveryResult result) => result.Token is TokenAction.TryElsewhere;

    // A cancel that stopped the batch stops this one too.
    private static long Insert(SqlSession session, long from, string environment, long[] devices, long now) => session.Number(
        "INSERT INTO batch (notification, app, lane, provider, environment, done, first_device, last_device, recipients, due_at, not_after, lease_epoch, leased, "
        + "stopped, total, accepted, failed, expired, suppressed, unknown) "
        + "SELECT notification, app, @p1, provider, @p2, 0, @p3, @p4, @p5, @p6, not_after, 0, 0, stopped, @p7, 0, 0, 0, 0, 0 FROM batch WHERE id = @p0 RETURNING id",
        from, (int)DeliveryLane.Trial, environment, devices[0], devices[^1], PackedRecipients.Pack(devices), now, devices.Length)!.Value;
}
