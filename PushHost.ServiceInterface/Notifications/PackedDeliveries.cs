using System.Data.Common;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Recipients that have no row: pending ones, in the open batches, and those whom a cancel left out, in the batches that it closed.</summary>
internal static class PackedDeliveries
{
    /// <summary>The reason of those whom a cancel left out.</summary>
    public const string CancelledReason = "cancelled";

    private const int BatchesAtOnce = 16;

    private sealed record Packed(long Notification, string Provider, long First, long Last, byte[] Recipients, bool IsClosed, long Id, long? CancelledAt)
    {
        public ServiceModel.Delivery Of(long device) => new()
        {
            NotificationId = Notification,
            Device = device,
            Provider = Provider,
            Outcome = IsClosed ? DeliveryOutcome.Suppressed : DeliveryOutcome.Pending,
            Reason = IsClosed ? CancelledReason : null,
            CompletedAt = IsClosed ? CancelledAt.ToTime() : null,
        };
    }

    /// <summary>Those of a notification above <paramref name="after"/>: at least the lowest <paramref name="take"/>, in no order.</summary>
    public static List<ServiceModel.Delivery> OfNotification(SqlSession session, NotificationRow notification, DeliveryFilter wanted, long after, int take)
    {
        var found = new List<ServiceModel.Delivery>();
        if (!wanted.WantsPending && !wanted.WantsCancelled)
            return found;
        // Batches of several providers overlap in their ids, so all that reach behind `after` are looked through, in order of where they start,
        // until the page is full of ids below the start of the next.
        (long First, long Id) position = (0, 0);
        while (true)
        {
            var where = Wanted(wanted).And($"b.notification = {notification.Id}").And($"b.last_device > {after}")
                .And($"b.first_device > {position.First} OR (b.first_device = {position.First} AND b.id > {position.Id})");
            var batches = Page(session, where, "b.first_device, b.id");
            foreach (var batch in batches)
            {
                if (found.Count >= take && found.Count(delivery => delivery.Device < batch.First) >= take)
                    return found;
                var recorded = session.List(
                    row => row.GetInt64(0), "SELECT device FROM delivery WHERE notification = @p0 AND device >= @p1 AND device <= @p2",
                    notification.Id, batch.First, batch.Last).ToHashSet();
                found.AddRange(PackedRecipients.Unpack(batch.Recipients).Where(device => device > after && !recorded.Contains(device)).Select(batch.Of));
            }
            if (batches.Count < BatchesAtOnce)
                return found;
            position = (batches[^1].First, batches[^1].Id);
        }
    }

    /// <summary>Those of a device, the newest notification first. Read as far as they are taken.</summary>
    public static IEnumerable<ServiceModel.Delivery> OfDevice(SqlSession session, long app, long device, DeliveryFilter wanted, long before)
    {
        if (!wanted.WantsPending && !wanted.WantsCancelled)
            yield break;
        (long Notification, long Id) position = (before, 0);
        while (true)
        {
            var where = Wanted(wanted).And($"b.app = {app}").And($"b.first_device <= {device}").And($"b.last_device >= {device}")
                .And($"b.notification < {position.Notification} OR (b.notification = {position.Notification} AND b.id > {position.Id})").And($"b.notification < {before}")
                .And($"NOT EXISTS (SELECT 1 FROM delivery d WHERE d.notification = b.notification AND d.device = {device})");
            var batches = Page(session, where, "b.notification DESC, b.id");
            foreach (var batch in batches)
            {
                if (Array.BinarySearch(PackedRecipients.Unpack(batch.Recipients), device) >= 0)
                    yield return batch.Of(device);
            }
            if (batches.Count < BatchesAtOnce)
                yield break;
            position = (batches[^1].Notification, batches[^1].Id);
        }
    }

    private static SqlWhere Wanted(DeliveryFilter wanted) => new SqlWhere().And($"b.recipients IS NOT NULL")
        .AndIf(!wanted.WantsCancelled, $"b.done = 0").AndIf(!wanted.WantsPending, $"b.done = 1");

    private static List<Packed> Page(SqlSession session, SqlWhere where, string orderBy) => session.List(
        Read,
        "SELECT b.notification, b.provider, b.first_device, b.last_device, b.recipients, b.done, b.id, n.cancelled_at "
        + $"FROM batch b JOIN notification n ON n.id = b.notification{where} ORDER BY {orderBy} LIMIT {BatchesAtOnce}", where.Values);

    private static Packed Read(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), (byte[])reader.GetValue(4), reader.GetInt32(5) != 0,
        reader.GetInt64(6), reader.Number(7));
}
