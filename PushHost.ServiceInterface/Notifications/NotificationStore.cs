using System.Data.Common;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>The statements over <c>notification</c> and <c>idempotency</c>.</summary>
internal static class NotificationStore
{
    private const string Members =
        "SELECT n.id, n.app, n.state, n.message, n.audience, n.created_at, n.started_at, n.completed_at, n.not_after, n.expiry, n.plan_after, n.plan_until, n.error, "
        + "n.lane, n.send_at, n.per_minute, n.on_unknown, n.cancelled_at, n.deactivated, n.held, n.paced_until, ";

    // While it is being sent the counts live on its batches; the row's own are zero until they are folded in, and the batches count no more.
    private const string Selection =
        Members + "n.total + COALESCE(SUM(b.total), 0), n.accepted + COALESCE(SUM(b.accepted), 0), n.failed + COALESCE(SUM(b.failed), 0), "
        + "n.expired + COALESCE(SUM(b.expired), 0), n.suppressed + COALESCE(SUM(b.suppressed), 0), n.unknown + COALESCE(SUM(b.unknown), 0) "
        + "FROM notification n LEFT JOIN batch b ON b.notification = n.id AND n.completed_at IS NULL";

    /// <summary>The notification with its counts at this moment; null when there is none.</summary>
    public static NotificationRow? Find(SqlSession session, long id) =>
        session.First(Read, $"{Selection} WHERE n.id = @p0 GROUP BY n.id", id);

    /// <summary>The notification as its row has it, without what its batches count: that takes long where there are thousands.</summary>
    public static NotificationRow? FindUncounted(SqlSession session, long id) => session.First(
        Read, Members + "n.total, n.accepted, n.failed, n.expired, n.suppressed, n.unknown FROM notification n WHERE n.id = @p0", id);

    public static List<NotificationRow> Page(SqlSession session, SqlWhere where, string orderBy, int take, int skip) =>
        session.List(Read, $"{Selection}{where} GROUP BY n.id ORDER BY {orderBy} LIMIT {take} OFFSET {skip}", where.Values);

    public static long Count(SqlSession session, SqlWhere where) => session.Number($"SELECT COUNT(*) FROM notification n{where}", where.Values) ?? 0;

    /// <summary>Stores an accepted notification and gives its id.</summary>
    public static long Insert(SqlSession session, NotificationRow row) => session.Number(
        "INSERT INTO notification (app, state, message, audience, created_at, started_at, completed_at, not_after, expiry, plan_after, plan_until, "
        + "lane, send_at, per_minute, on_unknown, total, accepted, failed, expired, suppressed, unknown) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, NULL, @p5, @p6, @p7, 0, @p8, @p9, @p10, @p11, @p12, 0, 0, 0, 0, 0, 0) RETURNING id",
        row.App, (int)row.State, row.Message, row.Audience, row.CreatedAt, row.CompletedAt, row.NotAfter, (int)row.Expiry, row.PlanUntil,
        (int)row.Lane, row.SendAt, row.PerMinute, (int)row.OnUnknown)!.Value;

    /// <summary>What a key made within its time; null when it made nothing.</summary>
    public static IdempotencyRow? FindKey(SqlSession session, long app, string key, long createdAfter) => session.First(
        reader => new IdempotencyRow((byte[])reader.GetValue(0), reader.GetInt64(1)),
        "SELECT request_hash, notification FROM idempotency WHERE app = @p0 AND idempotency_key = @p1 AND created_at > @p2",
        app, key, createdAfter);

    /// <summary>Keeps what a key made, over what it made before its time was over.</summary>
    /// <returns>False when the key is in use: another host was faster.</returns>
    public static bool RememberKey(SqlSession session, long app, Idempotency key, long notification, long now) => session.Execute(
        "INSERT INTO idempotency (app, idempotency_key, request_hash, notification, created_at) VALUES (@p0, @p1, @p2, @p3, @p4) "
        + "ON CONFLICT (app, idempotency_key) DO UPDATE SET request_hash = excluded.request_hash, notification = excluded.notification, "
        + "created_at = excluded.created_at WHERE idempotency.created_at <= @p5",
        app, key.Key, key.Hash, notification, now, now - (long)NotificationAcceptor.KeysKept.TotalMilliseconds) == 1;

    /// <summary>Forgets at most <paramref name="most"/> keys of that time or before; answers how many.</summary>
    public static int ForgetKeys(SqlSession session, long createdUntil, int most) => session.Execute(
        "DELETE FROM idempotency WHERE (app, idempotency_key) IN "
        + "(SELECT app, idempotency_key FROM idempotency WHERE created_at <= @p0 LIMIT @p1)",
        createdUntil, most);

    /// <summary>Begins what is due of the scheduled ones, a few at a time: their audience is the devices of this moment.</summary>
    /// <returns>How many were begun.</returns>
    public static int BeginScheduled(SqlSession session, long now) => session.Execute(
        "UPDATE notification SET state = @p1, plan_until = (SELECT COALESCE(MAX(id), 0) FROM device) "
        + "WHERE state = 1 AND id IN (SELECT id FROM notification WHERE state = 1 AND send_at <= @p0 ORDER BY send_at, id LIMIT 100)",
        now, (int)NotificationState.Queued);

    /// <summary>Completes a planned or cancelled notification whose batches are all done: folds their counts into it and lets them go, but for those
    /// that hold the only word of recipients whom a cancel left out.</summary>
    /// <returns>Whether it is complete.</returns>
    public static bool CompleteIfDone(SqlSession session, long id, long now)
    {
        // Of the batches that end at the same time, the one that holds the notification last sees all of the others ended.
        session.Number("SELECT id FROM notification WHERE id = @p0 FOR UPDATE", id);
        if (session.Number("SELECT 1 FROM batch WHERE notification = @p0 AND done = 0 LIMIT 1", id) is not null)
            return false;
        var completed = session.Execute(
            "UPDATE notification SET state = CASE WHEN cancelled_at IS NOT NULL THEN @p4 WHEN error IS NOT NULL THEN @p5 ELSE @p1 END, completed_at = @p2, (total, accepted, failed, expired, suppressed, unknown) = "
            + "(SELECT COALESCE(SUM(total), 0), COALESCE(SUM(accepted), 0), COALESCE(SUM(failed), 0), COALESCE(SUM(expired), 0), "
            + "COALESCE(SUM(suppressed), 0), COALESCE(SUM(unknown), 0) FROM batch WHERE notification = @p0) WHERE id = @p0 AND state = @p3",
            id, (int)NotificationState.Completed, now, (int)NotificationState.Sending, (int)NotificationState.Cancelled, (int)NotificationState.Failed);
        if (completed == 0)
            return false;
        session.Execute("DELETE FROM batch WHERE notification = @p0 AND left_out = 0", id);
        return true;
    }

    private static NotificationRow Read(DbDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        App = reader.GetInt64(1),
        State = (NotificationState)reader.GetInt32(2),
        Message = reader.GetString(3),
        Audience = reader.GetString(4),
        CreatedAt = reader.GetInt64(5),
        StartedAt = reader.Number(6),
        CompletedAt = reader.Number(7),
        NotAfter = reader.GetInt64(8),
        Expiry = (ExpiryKind)reader.GetInt32(9),
        PlanAfter = reader.GetInt64(10),
        PlanUntil = reader.GetInt64(11),
        Error = reader.Text(12),
        Lane = (Lane)reader.GetInt32(13),
        SendAt = reader.Number(14),
        PerMinute = (int?)reader.Number(15),
        OnUnknown = (OnUnknown)reader.GetInt32(16),
        CancelledAt = reader.Number(17),
        Deactivated = reader.GetInt64(18),
        Held = reader.GetInt64(19),
        PacedUntil = reader.Number(20),
        Total = reader.GetInt64(21),
        Accepted = reader.GetInt64(22),
        Failed = reader.GetInt64(23),
        Expired = reader.GetInt64(24),
        Suppressed = reader.GetInt64(25),
        Unknown = reader.GetInt64(26),
    };
}

/// <summary>What an idempotency key made.</summary>
internal sealed record IdempotencyRow(byte[] RequestHash, long Notification);
