using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Health;

/// <summary>How much waits in one queue: the batches of one lane, app, provider and environment.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="App">The app.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Environment">The devices' environment; null where they name none.</param>
/// <param name="Recipients">Those without an outcome.</param>
/// <param name="OldestDue">Since when the batch that has waited longest is due, Unix milliseconds; null when none that is due waits.</param>
/// <param name="InWork">How many of its batches are in work.</param>
internal sealed record QueueState(DeliveryLane Lane, long App, string Provider, string? Environment, long Recipients, long? OldestDue, long InWork);

/// <summary>Everything that waits, at one moment.</summary>
/// <param name="Queues">The queues that are not empty.</param>
/// <param name="ToPlan">Notifications that are accepted and not planned yet.</param>
/// <param name="OldestToPlan">Since when the one that has waited longest could have been planned, Unix milliseconds; null when none waits.</param>
internal sealed record Backlog(IReadOnlyList<QueueState> Queues, long ToPlan, long? OldestToPlan)
{
    /// <summary>Reads it. It takes a few milliseconds where tens of thousands of batches wait.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static Backlog Read(SqlSession session, long now)
    {
        // While leased, due_at is the end of the lease: what is leased and due was left by a process that died.
        var queues = session.List(
            reader => new QueueState(
                (DeliveryLane)reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3) is { Length: > 0 } environment ? environment : null,
                reader.GetInt64(4), reader.Number(5), reader.GetInt64(6)),
            "SELECT lane, app, provider, environment, SUM(total - accepted - failed - expired - suppressed - unknown), "
            + "MIN(CASE WHEN due_at <= @p0 THEN due_at END), SUM(CASE WHEN leased = 1 AND due_at > @p0 THEN 1 ELSE 0 END) "
            + "FROM batch WHERE done = 0 GROUP BY lane, app, provider, environment",
            now);
        var toPlan = session.Number("SELECT COUNT(*) FROM notification WHERE state IN (2, 3)") ?? 0;
        var oldest = session.Number("SELECT MIN(COALESCE(send_at, created_at)) FROM notification WHERE state = 2");
        var overdue = session.Number("SELECT MIN(send_at) FROM notification WHERE state = 1 AND send_at <= @p0", now);
        return new Backlog(queues, toPlan, oldest is null || overdue < oldest ? overdue ?? oldest : oldest);
    }
}
