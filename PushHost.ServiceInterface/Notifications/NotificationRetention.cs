using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>The statements that delete notifications which ended long ago.</summary>
internal static class NotificationRetention
{
    /// <summary>Rows deleted in one piece of work: a few milliseconds, so that verdicts hardly wait.</summary>
    private const int Chunk = 250;

    /// <summary>Deletes a few rows of the notification that ended first; its own row goes last. What has not ended is never looked at, since it has no
    /// time of its end; nor what holds verdicts that an operator has yet to decide.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="endedUntil">Only what ended until then, Unix milliseconds.</param>
    /// <returns>False when there is nothing to delete.</returns>
    public static bool Step(SqlSession session, long endedUntil)
    {
        // Skipping locked rows keeps several hosts from deleting the same.
        var id = session.Number(
            "SELECT id FROM notification WHERE completed_at IS NOT NULL AND completed_at <= @p0 "
            + "AND NOT EXISTS (SELECT 1 FROM held_verdict WHERE held_verdict.notification = notification.id) "
            + "ORDER BY completed_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
            endedUntil);
        if (id is null)
            return false;
        var deleted = session.Execute(
            $"DELETE FROM delivery WHERE notification = @p0 AND device IN (SELECT device FROM delivery WHERE notification = @p0 ORDER BY device LIMIT {Chunk})", id);
        if (deleted < Chunk)
            deleted += session.Execute($"DELETE FROM batch WHERE id IN (SELECT id FROM batch WHERE notification = @p0 LIMIT {Chunk})", id);
        if (deleted < Chunk)
            session.Execute("DELETE FROM notification WHERE id = @p0", id);
        return true;
    }
}
