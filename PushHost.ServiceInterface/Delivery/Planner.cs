using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Turns audiences into batches, a page at a time, in turns between notifications. The cursor moves in the transaction that stores the page's
/// batches, so a crash neither loses nor doubles a page.</summary>
internal sealed class Planner(EngineParts parts, Action planned)
{
    private static readonly TimeSpan PassedOver = TimeSpan.FromMinutes(1);

    // Of a message that is now or never nobody says how long it may wait to be planned.
    private static readonly TimeSpan ShortestTime = TimeSpan.FromHours(1);

    private readonly PlanningOrder _order = new();

    /// <summary>Plans one page of the next notification in turn.</summary>
    /// <returns>False when there is nothing to plan.</returns>
    public async Task<bool> StepAsync()
    {
        if (Next() is not { } row)
            return false;
        try
        {
            return await PlanAsync(row);
        }
        // The fault is this notification's, and not the database's: the others are planned all the same.
        catch (Exception error) when (StorageErrors.Translate(error) is not (StorageUnavailableException or OperationCanceledException or ObjectDisposedException)
            && !StorageErrors.IsConflict(error))
        {
            await PassOverAsync(row, error);
            return true;
        }
    }

    private async Task<bool> PlanAsync(NotificationRow row)
    {
        var audience = AudienceSpec.FromJson(row.Audience);
        var pageSize = BatchStore.MostAtOnce(row);
        List<AudienceMember> page;
        using (var session = parts.Database.Read())
            page = AudienceQuery.Page(session, row.App, audience, row.PlanAfter, row.PlanUntil, pageSize);

        var last = page.Count < pageSize;
        var completed = await parts.Writer.WriteAsync(WriteLane.Engine, session => Store(session, row, page, last));
        // Another host plans it: to race for every page would cost both, and this one looks again later.
        if (completed is null && parts.Database.IsShared)
            return false;
        if (completed == true)
            parts.Completions.Complete(row.Id);
        if (last)
            LogPlanned(row.Id);
        planned();
        return true;
    }

    private bool? Store(SqlSession session, NotificationRow row, List<AudienceMember> page, bool last)
    {
        var now = parts.Time.UnixMilliseconds();
        var after = page.Count == 0 ? row.PlanUntil : page[^1].Device;
        var moved = session.Execute(
            "UPDATE notification SET state = @p1, plan_after = @p2 WHERE id = @p0 AND plan_after = @p3 AND state IN (2, 3) AND cancelled_at IS NULL",
            row.Id, (int)(last ? NotificationState.Sending : NotificationState.Planning), after, row.PlanAfter);
        if (moved == 0)
            return null;
        BatchStore.Insert(session, row, page, now);
        return last && NotificationStore.CompleteIfDone(session, row.Id, now);
    }

    /// <summary>Leaves a notification alone for a while; once its time is over it ends with whom it was planned for before,
    /// unless another host got further with it.</summary>
    private async Task PassOverAsync(NotificationRow row, Exception error)
    {
        parts.Logger.NotPlanned(row.Id, error.GetType().Name, error.StackTrace);
        var now = parts.Time.UnixMilliseconds();
        _order.PassOver(row.Id, now + (long)PassedOver.TotalMilliseconds);
        if (now < Math.Max(row.NotAfter, (row.SendAt ?? row.CreatedAt) + (long)ShortestTime.TotalMilliseconds))
            return;
        var ended = await parts.Writer.WriteAsync(WriteLane.Engine, session => session.Execute(
            "UPDATE notification SET state = @p1, error = @p2 WHERE id = @p0 AND plan_after = @p3 AND state IN (2, 3) AND cancelled_at IS NULL",
            row.Id, (int)NotificationState.Sending, $"its audience could not be counted in its time: {error.GetType().Name}; the log says where",
            row.PlanAfter) == 1
            && NotificationStore.CompleteIfDone(session, row.Id, now));
        if (ended)
            parts.Completions.Complete(row.Id);
    }

    private NotificationRow? Next()
    {
        using var session = parts.Database.Read();
        return _order.Next(session, parts.Time.UnixMilliseconds()) is { } id ? NotificationStore.FindUncounted(session, id) : null;
    }

    private void LogPlanned(long id)
    {
        using var session = parts.Database.Read();
        if (NotificationStore.Find(session, id) is { } row)
            parts.Logger.Planned(id, row.Total);
    }
}
