using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Health;

/// <summary>Says whether this host does its work, or why not: the database can be written, and no message waits for longer than it may.</summary>
/// <remarks>Messages whose gateway rests are no fault of this host: an alarm tells of them. A campaign may take its time as long as it is in work.</remarks>
internal sealed class Readiness(
    Database database, DatabaseWriter writer, Alarms alarms, PushProviders providers, AppDirectory apps, HealthSettings settings, TimeProvider time)
{
    /// <summary>What is wrong; null when all is well.</summary>
    /// <param name="mayName">Which apps are named; all, unless given.</param>
    public async Task<string?> FaultAsync(Func<string, bool>? mayName = null)
    {
        Backlog backlog;
        var now = time.UnixMilliseconds();
        try
        {
            using (var session = database.Read())
                backlog = Backlog.Read(session, now);
            // A transaction of its own in the writer's queue: it answers when the database can be written and the queue moves.
            await writer.WriteAsync(WriteLane.Caller, session => session.Number("SELECT 1"));
        }
        catch (Exception error) when (StorageErrors.Translate(error) is StorageUnavailableException)
        {
            return "the database cannot be used";
        }
        var limit = now - (long)settings.OldestDue.TotalMilliseconds;
        if (backlog.OldestToPlan < limit)
            return $"a notification has waited for {Seconds(now - backlog.OldestToPlan)} s to be planned";
        return backlog.Queues.FirstOrDefault(queue => queue.OldestDue < limit && IsLate(queue)) is { } late
            ? $"messages{Of(late, mayName)} for {late.Provider} in the lane {late.Lane.ToString().ToLowerInvariant()} have been due for {Seconds(now - late.OldestDue)} s"
            : null;
    }

    private string Of(QueueState queue, Func<string, bool>? mayName) =>
        apps.ById(queue.App)?.Name is { } name && mayName?.Invoke(name) != false ? $" of {name}" : "";

    private bool IsLate(QueueState queue)
    {
        // Tokens are tried in another environment slowly on purpose.
        if (queue is { Lane: DeliveryLane.Bulk, InWork: > 0 } or { Lane: DeliveryLane.Trial })
            return false;
        var gateway = providers.For(queue.App, queue.Provider, queue.Environment);
        return gateway is null || !alarms.Pauses(gateway);
    }

    private static long Seconds(long? milliseconds) => (milliseconds ?? 0) / 1000;
}
