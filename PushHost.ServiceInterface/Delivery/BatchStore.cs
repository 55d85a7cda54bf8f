using System.Data.Common;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>The statements over <c>batch</c>.</summary>
internal static class BatchStore
{
    /// <summary>The most recipients of a batch.</summary>
    public const int MaxRecipients = 1000;

    /// <summary>The most recipients of a batch whose undecided ones are not sent again: so many at most are left unknown by a worker that is lost.</summary>
    public const int MaxRecipientsToStop = 100;

    // What is planned in one piece of work: a few milliseconds of writing, however small a pace makes the batches.
    private const int MaxPlanned = 4 * MaxRecipients;
    private const int MaxBatchesPlanned = 250;

    /// <summary>The most batches of one queue that are claimed at once.</summary>
    private const int MaxClaims = 64;

    private const string OfQueue = "done = 0 AND lane = @p0 AND app = @p1 AND provider = @p2 AND environment = @p3 AND due_at <= @p4";

    /// <summary>Packs members into batches of one provider and environment and stores them: due at once, or at the notification's pace, and when its time is over
    /// at the latest.</summary>
    public static void Insert(SqlSession session, NotificationRow notification, IReadOnlyCollection<AudienceMember> members, long now)
    {
        session.Execute("UPDATE notification SET planned = planned + @p1 WHERE id = @p0", notification.Id, members.Count);
        var size = SizeOf(notification);
        var due = Math.Max(now, notification.PacedUntil ?? now);
        foreach (var group in members.GroupBy(member => (member.Provider, Environment: member.Environment ?? "")))
        {
            foreach (var chunk in group.Chunk(size))
            {
                var packed = PackedRecipients.Pack(Array.ConvertAll(chunk, member => member.Device));
                session.Execute(
                    "INSERT INTO batch (notification, app, lane, provider, environment, done, first_device, last_device, recipients, due_at, not_after, lease_epoch, "
                    + "leased, total, accepted, failed, expired, suppressed, unknown) "
                    + "VALUES (@p0, @p1, @p2, @p3, @p4, 0, @p5, @p6, @p7, @p8, @p9, 0, 0, @p10, 0, 0, 0, 0, 0)",
                    notification.Id, notification.App, (int)notification.Lane, group.Key.Provider, group.Key.Environment,
                    chunk[0].Device, chunk[^1].Device, packed, Math.Min(due, notification.OverAt), notification.NotAfter, chunk.Length);
                if (notification.PerMinute is { } pace)
                    due += Pace.Duration(chunk.Length, pace);
            }
        }
        if (notification.PerMinute is null)
            return;
        session.Execute("UPDATE notification SET paced_until = @p1 WHERE id = @p0", notification.Id, due);
    }

    /// <summary>The most members that <see cref="Insert"/> is to be given at once.</summary>
    public static int MostAtOnce(NotificationRow notification) => Math.Min(MaxPlanned, MaxBatchesPlanned * SizeOf(notification));

    /// <summary>The queues that have batches, in the order of their lanes, and when the first batch of each is due. A step along the index for each queue,
    /// however many batches there are.</summary>
    public static List<(QueueKey Queue, long DueAt)> Queues(SqlSession session)
    {
        const string Next = "SELECT lane, app, provider, environment, due_at FROM batch WHERE done = 0 ";
        const string InOrder = "ORDER BY lane, app, provider, environment, due_at LIMIT 1";
        var queues = new List<(QueueKey Queue, long DueAt)>();
        var found = Read(session.Query(Next + InOrder));
        while (found is { } queue)
        {
            queues.Add(queue);
            var key = queue.Queue;
            found = Read(session.Query(
                Next + "AND (lane, app, provider, environment) > (@p0, @p1, @p2, @p3) " + InOrder, (int)key.Lane, key.App, key.Provider, key.Environment));
        }
        return queues;

        static (QueueKey Queue, long DueAt)? Read(DbDataReader reader)
        {
            using (reader)
            {
                return reader.Read()
                    ? (new QueueKey((DeliveryLane)reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3)), reader.GetInt64(4))
                    : null;
            }
        }
    }

    /// <summary>Leases batches of a queue, those due longest first, until they hold as many recipients as are wanted. The leases are on disk before the
    /// caller sees them.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="wanted">How many recipients; at least one batch is leased if one is due.</param>
    /// <param name="now">What is due until then is due, Unix milliseconds.</param>
    /// <param name="leaseUntil">When the leases lapse, Unix milliseconds.</param>
    /// <param name="onlyOver">Only batches whose message's time is over: for a queue whose gateway rests.</param>
    /// <param name="host">The host that leases them; null where there is only one.</param>
    public static List<Claim> Claim(SqlSession session, QueueKey queue, int wanted, long now, long leaseUntil, bool onlyOver = false, long? host = null)
    {
        var due = session.List(
            reader => (Id: reader.GetInt64(0), Left: reader.GetInt64(1)),
            $"SELECT id, total - accepted - failed - expired - suppressed - unknown FROM batch WHERE {OfQueue} {(onlyOver ? "AND not_after <= @p4 " : "")}"
            + $"ORDER BY due_at, id LIMIT {MaxClaims} FOR UPDATE SKIP LOCKED",
            (int)queue.Lane, queue.App, queue.Provider, queue.Environment, now);
        var claims = new List<Claim>();
        foreach (var (id, left) in due)
        {
            if (wanted <= 0)
                break;
            if (Lease(session, id, now, leaseUntil, host) is not { } claim)
                continue;
            claims.Add(claim);
            wanted -= (int)left;
        }
        return claims;
    }

    /// <summary>Whether the queue has a batch that is due and whose message's time is over. Reads the index alone.</summary>
    public static bool AnyOver(SqlSession session, QueueKey queue, long now) => session.Number(
        $"SELECT 1 FROM batch WHERE {OfQueue} AND not_after <= @p4 LIMIT 1", (int)queue.Lane, queue.App, queue.Provider, queue.Environment, now) is not null;

    /// <summary>Makes due at once what a dead process had leased. Only for the one process that holds the database.</summary>
    /// <returns>How many batches were leased.</returns>
    public static int ReleaseAll(SqlSession session, long now) =>
        session.Execute("UPDATE batch SET leased = 0, lapsed_at = claimed_at, due_at = @p0, lease_epoch = lease_epoch + 1 WHERE done = 0 AND leased = 1", now);

    private static int SizeOf(NotificationRow notification)
    {
        var most = notification.OnUnknown == OnUnknown.Stop ? MaxRecipientsToStop : MaxRecipients;
        return notification.PerMinute is { } perMinute ? Math.Min(Pace.BatchSize(perMinute), most) : most;
    }

    // While leased, due_at is the end of the lease: a lapsed one is claimed like any other that is due.
    private static Claim? Lease(SqlSession session, long id, long now, long leaseUntil, long? host)
    {
        var batch = session.First(
            reader => new BatchRow
            {
                Id = reader.GetInt64(0),
                Notification = reader.GetInt64(1),
                Lane = (DeliveryLane)reader.GetInt32(2),
                Provider = reader.GetString(3),
                Environment = reader.GetString(4) is { Length: > 0 } environment ? environment : null,
                Recipients = (byte[])reader.GetValue(5),
                LeaseEpoch = reader.GetInt64(6),
                FirstDevice = reader.GetInt64(7),
                LastDevice = reader.GetInt64(8),
                Left = reader.GetInt64(9),
                LapsedAt = reader.GetInt64(10),
                IsStopped = reader.GetInt32(11) != 0,
            },
            "UPDATE batch SET lease_epoch = lease_epoch + 1, leased = 1, host = @p3, due_at = @p2, claimed_at = @p1, "
            + "lapsed_at = CASE WHEN leased = 1 THEN claimed_at ELSE lapsed_at END WHERE id = @p0 AND done = 0 AND due_at <= @p1 "
            + "RETURNING id, notification, lane, provider, environment, recipients, lease_epoch, first_device, last_device, "
            + "total - accepted - failed - expired - suppressed - unknown, lapsed_at, stopped",
            id, now, leaseUntil, host);
        if (batch is null)
            return null;
        session.Execute("UPDATE notification SET started_at = @p1 WHERE id = @p0 AND started_at IS NULL", batch.Notification, now);
        return new Claim(batch, leaseUntil);
    }
}
