using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>The statements that stop a notification. No row is written for a recipient that was never sent to: its batch keeps it, packed, and counts it.</summary>
/// <remarks>1. The mark stops the planner, whose pages are stored under a condition that it breaks. 2. Batches that nobody ever claimed are closed, a hundred
/// at a time. 3. All others are stopped and due at once: the claim that holds one starts nothing more and ends with the verdicts of what is in flight; the next
/// one sends nothing, records as unknown what may have been sent, and closes the batch.</remarks>
internal static class Cancellation
{
    /// <summary>Batches closed in one piece of work: about a millisecond.</summary>
    private const int Chunk = 100;

    /// <summary>Marks a notification that has not ended; nothing happens to one that has, or that is marked already.</summary>
    /// <returns>Whether it was marked now.</returns>
    public static bool Mark(SqlSession session, long app, long id, long now) => session.Execute(
        "UPDATE notification SET cancelled_at = @p2, state = @p3 WHERE id = @p0 AND app = @p1 AND cancelled_at IS NULL AND state IN (1, 2, 3, 4)",
        id, app, now, (int)NotificationState.Sending) == 1;

    /// <summary>Closes or stops the next batches of a marked notification, and completes it with the last.</summary>
    public static Swept Sweep(SqlSession session, long id, long now)
    {
        var open = session.List(
            reader => reader.GetInt64(0), $"SELECT id FROM batch WHERE notification = @p0 AND done = 0 AND stopped = 0 ORDER BY id LIMIT {Chunk}", id);
        var leftOut = new List<LeftOut>();
        foreach (var batch in open)
        {
            if (Close(session, batch) is { } closed)
            {
                leftOut.Add(closed);
                continue;
            }
            // As if its time were over: such a batch is claimed even while its gateway rests.
            session.Execute(
                "UPDATE batch SET stopped = 1, not_after = 0, due_at = CASE WHEN leased = 1 THEN due_at ELSE @p1 END WHERE id = @p0 AND done = 0", batch, now);
        }
        return new Swept(open.Count == Chunk, NotificationStore.CompleteIfDone(session, id, now), leftOut);
    }

    // The epoch rises, so that a claim which comes at the same moment finds nothing to hold.
    private static LeftOut? Close(SqlSession session, long batch) => session.First(
        reader => new LeftOut(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)),
        "UPDATE batch SET done = 1, lease_epoch = lease_epoch + 1, "
        + "left_out = total - accepted - failed - expired - suppressed - unknown, suppressed = total - accepted - failed - expired - unknown "
        + "WHERE id = @p0 AND done = 0 AND lease_epoch = 0 RETURNING app, provider, left_out",
        batch);

    /// <summary>Notifications that are marked and have not ended.</summary>
    public static List<long> Open(SqlSession session) => session.List(
        reader => reader.GetInt64(0), "SELECT id FROM notification WHERE cancelled_at IS NOT NULL AND completed_at IS NULL ORDER BY id LIMIT 100");

    /// <summary>What a sweep came to.</summary>
    /// <param name="More">Whether there are more batches to close.</param>
    /// <param name="Completed">Whether the notification has ended.</param>
    /// <param name="LeftOut">The recipients of each batch that was closed.</param>
    public sealed record Swept(bool More, bool Completed, IReadOnlyList<LeftOut> LeftOut);

    /// <summary>Recipients who are not sent to.</summary>
    public sealed record LeftOut(long App, string Provider, long Recipients);
}
