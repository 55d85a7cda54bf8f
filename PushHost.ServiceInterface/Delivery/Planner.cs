using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Turns audiences into batches, a page at a time, in turns between notifications. The cursor moves in the transaction that stores the page's
/// batches, so a crash neither loses nor doubles a page.</summary>
internal sealed class Planner(EngineParts parts, Action planned)
{
    private readonly PlanningOrder _order = new();

    /// <summary>Plans one page of the next notification in turn.</summary>
    /// <returns>False when there is nothing to plan.</returns>
    public async Task<bool> StepAsync()
    {
        if (Next() is not { } row)
            return false;
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

    private NotificationRow? Next()
    {
        using var session = parts.Database.Read();
        return _order.Next(session) is { } id ? NotificationStore.FindUncounted(session, id) : null;
    }

    private void LogPlanned(long id)
    {
        using var session = parts.Database.Read();
        if (NotificationStore.Find(session, id) is { } row)
            parts.Logger.Planned(id, row.Total);
    }
}
