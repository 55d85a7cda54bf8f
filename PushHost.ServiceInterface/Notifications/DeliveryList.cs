using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Lists deliveries: the rows that are written, and the recipients without a row, out of the packed batches.</summary>
internal static class DeliveryList
{
    private const string Columns = "notification, device, provider, outcome, reason, gateway_message_id, attempts, completed_at";

    // A retry that a cancel came before has its row from the earlier attempt: what became of it is told by its notification.
    private static readonly string Rows =
        "(SELECT d.notification, d.device, d.provider, d.gateway_message_id, d.attempts, "
        + $"CASE WHEN d.outcome = {(int)DeliveryOutcome.Pending} AND n.state = {(int)NotificationState.Cancelled} THEN {(int)DeliveryOutcome.Suppressed} ELSE d.outcome END AS outcome, "
        + $"CASE WHEN d.outcome = {(int)DeliveryOutcome.Pending} AND n.state = {(int)NotificationState.Cancelled} THEN '{PackedDeliveries.CancelledReason}' ELSE d.reason END AS reason, "
        + $"CASE WHEN d.outcome = {(int)DeliveryOutcome.Pending} AND n.state = {(int)NotificationState.Cancelled} THEN n.cancelled_at ELSE d.completed_at END AS completed_at "
        + "FROM delivery d JOIN notification n ON n.id = d.notification) told";

    /// <summary>The deliveries of a notification in order of their device.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="notification">The notification.</param>
    /// <param name="wanted">Which of them.</param>
    /// <param name="after">Only devices above this.</param>
    /// <param name="take">At most so many.</param>
    public static List<ServiceModel.Delivery> OfNotification(SqlSession session, NotificationRow notification, DeliveryFilter wanted, long after, int take)
    {
        var where = wanted.Narrow(new SqlWhere().And($"notification = {notification.Id}").And($"device > {after}"));
        var rows = Page(session, where, "device", take);
        var packed = PackedDeliveries.OfNotification(session, notification, wanted, after, take);
        return [.. rows.Concat(packed).OrderBy(delivery => delivery.Device).Take(take)];
    }

    /// <summary>The deliveries of a device, the newest notification first.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="app">The device's app.</param>
    /// <param name="device">The device.</param>
    /// <param name="wanted">Which of them.</param>
    /// <param name="before">Only notifications below this.</param>
    /// <param name="take">At most so many.</param>
    public static List<ServiceModel.Delivery> OfDevice(SqlSession session, long app, long device, DeliveryFilter wanted, long before, int take)
    {
        var where = wanted.Narrow(new SqlWhere().And($"device = {device}").And($"notification < {before}"));
        var rows = Page(session, where, "notification DESC", take);
        var packed = PackedDeliveries.OfDevice(session, app, device, wanted, before).Take(take);
        return [.. rows.Concat(packed).OrderByDescending(delivery => delivery.NotificationId).Take(take)];
    }

    /// <summary>How many deliveries of a device there are.</summary>
    public static long CountOfDevice(SqlSession session, long app, long device, DeliveryFilter wanted) =>
        Count(session, wanted.Narrow(new SqlWhere().And($"device = {device}")))
        + PackedDeliveries.OfDevice(session, app, device, wanted, long.MaxValue).LongCount();

    /// <summary>How many deliveries of a notification have this reason.</summary>
    public static long CountOfReason(SqlSession session, NotificationRow notification, DeliveryFilter wanted) => wanted.WantsCancelled && wanted.Reason is not null
        ? session.Number("SELECT SUM(left_out) FROM batch WHERE notification = @p0", notification.Id) ?? 0
        : Count(session, wanted.Narrow(new SqlWhere().And($"notification = {notification.Id}")));

    private static long Count(SqlSession session, SqlWhere where) => session.Number($"SELECT COUNT(*) FROM {Rows}{where}", where.Values) ?? 0;

    private static List<ServiceModel.Delivery> Page(SqlSession session, SqlWhere where, string orderBy, int take) => session.List(
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
        $"SELECT {Columns} FROM {Rows}{where} ORDER BY {orderBy} LIMIT {take}", where.Values);
}
