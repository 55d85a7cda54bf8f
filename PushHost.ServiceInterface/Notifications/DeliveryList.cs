using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Lists deliveries: the rows that are written, and the recipients that are pending without a row, out of the packed batches.</summary>
internal static class DeliveryList
{
    private const string Columns = "notification, device, provider, outcome, reason, gateway_message_id, attempts, completed_at";

    /// <summary>The deliveries of a notification in order of their device.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="notification">The notification.</param>
    /// <param name="outcome">Only these; null for all.</param>
    /// <param name="reason">Only these; null for all.</param>
    /// <param name="after">Only devices above this.</param>
    /// <param name="take">At most so many.</param>
    public static List<ServiceModel.Delivery> OfNotification(
        SqlSession session, long notification, DeliveryOutcome? outcome, string? reason, long after, int take)
    {
        var where = new SqlWhere().And($"notification = {notification}").And($"device > {after}")
            .AndIf(outcome is not null, $"outcome = {(int?)outcome}")
            .AndIf(reason is not null, $"reason = {reason}");
        var rows = Rows(session, where, "device", take, 0);
        // What has no row is pending and has no reason.
        if (outcome is not null and not DeliveryOutcome.Pending || reason is not null)
            return rows;
        var untold = Unrecorded(session, notification, after, take);
        return [.. rows.Concat(untold).OrderBy(delivery => delivery.Device).Take(take)];
    }

    /// <summary>The deliveries of a device that have a row, the newest notification first.</summary>
    public static List<ServiceModel.Delivery> OfDevice(SqlSession session, SqlWhere where, int take, int skip) =>
        Rows(session, where, "notification DESC", take, skip);

    public static long Count(SqlSession session, SqlWhere where) => session.Number($"SELECT COUNT(*) FROM delivery{where}", where.Values) ?? 0;

    private static List<ServiceModel.Delivery> Rows(SqlSession session, SqlWhere where, string orderBy, int take, int skip) => session.List(
        reader => new ServiceModel.Delivery
        {
            NotificationId = reader.GetInt64(0),
            Device = reader.GetInt64(1),
            Provider = reader.GetString(2),
            Outcome = (DeliveryOutcome)reader.GetInt32(3),
            Reason = reader.Text(4),
            GatewayMessageId = reader.Text(5),
            Attempts = reader.GetInt32(6),
            CompletedAt = reader.Number(7).ToTime(),
        },
        $"SELECT {Columns} FROM delivery{where} ORDER BY {orderBy} LIMIT {take} OFFSET {skip}", where.Values);

    // Batches of several providers overlap in their ids, so all that reach behind `after` are looked through, in order of where they start,
    // until the page is full of ids below the start of the next.
    private static List<ServiceModel.Delivery> Unrecorded(SqlSession session, long notification, long after, int take)
    {
        var found = new List<ServiceModel.Delivery>();
        using var reader = session.Query(
            "SELECT provider, first_device, last_device, recipients FROM batch WHERE notification = @p0 AND done = 0 AND last_device > @p1 ORDER BY first_device",
            notification, after);
        while (reader.Read())
        {
            var first = reader.GetInt64(1);
            if (found.Count(delivery => delivery.Device < first) >= take)
                break;
            var provider = reader.GetString(0);
            var recorded = session.List(
                row => row.GetInt64(0), "SELECT device FROM delivery WHERE notification = @p0 AND device >= @p1 AND device <= @p2",
                notification, first, reader.GetInt64(2)).ToHashSet();
            found.AddRange(PackedRecipients.Unpack((byte[])reader.GetValue(3))
                .Where(device => device > after && !recorded.Contains(device))
                .Select(device => new ServiceModel.Delivery
                {
                    NotificationId = notification,
                    Device = device,
                    Provider = provider,
                    Outcome = DeliveryOutcome.Pending,
                }));
        }
        return found;
    }
}
