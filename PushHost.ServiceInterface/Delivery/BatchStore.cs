using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>A leased batch.</summary>
/// <param name="Batch">The row, with its new lease epoch.</param>
/// <param name="LeaseUntil">Unix milliseconds: from then on another worker may claim it.</param>
internal sealed record Claim(BatchRow Batch, long LeaseUntil);

/// <summary>The statements over <c>batch</c>.</summary>
internal static class BatchStore
{
    /// <summary>The most recipients of a batch.</summary>
    public const int MaxRecipients = 1000;

    /// <summary>Packs members into batches of one provider and environment and stores them, due at once.</summary>
    public static void Insert(SqlSession session, NotificationRow notification, IEnumerable<AudienceMember> members, long now)
    {
        foreach (var group in members.GroupBy(member => (member.Provider, Environment: member.Environment ?? "")))
        {
            foreach (var chunk in group.Chunk(MaxRecipients))
            {
                var packed = PackedRecipients.Pack(Array.ConvertAll(chunk, member => member.Device));
                session.Execute(
                    "INSERT INTO batch (notification, app, lane, provider, environment, done, first_device, last_device, recipients, due_at, lease_epoch, leased, "
                    + "total, accepted, failed, expired, suppressed, unknown) VALUES (@p0, @p1, @p2, @p3, @p4, 0, @p5, @p6, @p7, @p8, 0, 0, @p9, 0, 0, 0, 0, 0)",
                    notification.Id, notification.App, (int)notification.Lane, group.Key.Provider, group.Key.Environment,
                    chunk[0].Device, chunk[^1].Device, packed, now, chunk.Length);
            }
        }
    }

    /// <summary>Leases the batch that has been due longest; null when none is. The lease is on disk before the caller sees it.</summary>
    public static Claim? Claim(SqlSession session, long now, long leaseUntil)
    {
        var batch = session.First(
            reader => new BatchRow
            {
                Id = reader.GetInt64(0),
                Notification = reader.GetInt64(1),
                Provider = reader.GetString(2),
                Environment = reader.GetString(3) is { Length: > 0 } environment ? environment : null,
                Recipients = (byte[])reader.GetValue(4),
                LeaseEpoch = reader.GetInt64(5),
                FirstDevice = reader.GetInt64(6),
                LastDevice = reader.GetInt64(7),
                Total = reader.GetInt64(8),
            },
            // While leased, due_at is the end of the lease: a lapsed one is claimed like any other that is due.
            "UPDATE batch SET lease_epoch = lease_epoch + 1, leased = 1, due_at = @p1 "
            + "WHERE id = (SELECT id FROM batch WHERE done = 0 AND due_at <= @p0 ORDER BY due_at, id LIMIT 1) "
            + "RETURNING id, notification, provider, environment, recipients, lease_epoch, first_device, last_device, total",
            now, leaseUntil);
        if (batch is null)
            return null;
        session.Execute("UPDATE notification SET started_at = @p1 WHERE id = @p0 AND started_at IS NULL", batch.Notification, now);
        return new Claim(batch, leaseUntil);
    }

    /// <summary>When the next batch is due; null when none is open.</summary>
    public static long? NextDue(SqlSession session) => session.Number("SELECT MIN(due_at) FROM batch WHERE done = 0");

    /// <summary>Makes everything open due at once: what a dead process had leased, and what waited for a gateway's rest, which the new process knows nothing of.
    /// Retries keep their own times. Only for the one process that holds the database.</summary>
    /// <returns>How many batches were leased.</returns>
    public static int ReleaseAll(SqlSession session, long now)
    {
        session.Execute("UPDATE batch SET due_at = @p0 WHERE done = 0 AND leased = 0 AND due_at > @p0", now);
        return session.Execute("UPDATE batch SET leased = 0, due_at = @p0, lease_epoch = lease_epoch + 1 WHERE done = 0 AND leased = 1", now);
    }
}
