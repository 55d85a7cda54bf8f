using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>What an operator does with verdicts that the brake held.</summary>
internal sealed class VerdictServices(Database database, DatabaseWriter writer, HeldVerdictAlarm alarm, Caller caller, TimeProvider time) : IService
{
    // A few milliseconds of writing, so that callers never wait long behind it.
    private const int Chunk = 200;

    [RequiresScope(Scopes.Admin)]
    public QueryResponse<HeldVerdict> Get(QueryHeldVerdicts request)
    {
        var app = caller.App(request.AppId);
        var validation = new Validation();
        var paging = Paging.From(request, validation);
        if (Paging.OrderOf(request, validation) is { Length: > 0 })
            validation.Fault("orderBy", "UnknownValue", "is not for held verdicts: they come by device");
        validation.NoControls("reason", request.Reason);
        validation.ThrowIfFaulty();

        using var session = database.Read();
        var notification = Find(session, app, request.Id).Id;
        var reason = Reason(request.Reason);
        return new QueryResponse<HeldVerdict>
        {
            Offset = paging.Skip,
            Total = paging.Total ? HeldVerdicts.Count(session, notification, reason) : null,
            Results = HeldVerdicts.Page(session, notification, reason, paging.After ?? 0, paging.Take, paging.Skip).ConvertAll(row => new HeldVerdict
            {
                Device = row.Device,
                State = row.State,
                Reason = row.Reason,
                Since = row.Since.ToTime(),
                HeldAt = row.CreatedAt.ToTime(),
            }),
        };
    }

    [RequiresScope(Scopes.Admin)]
    [RefuseUnknownMembers]
    public async Task<VerdictReport> Post(ApplyVerdicts request, CancellationToken cancellationToken)
    {
        var (taken, applied) = await TakeAllAsync(caller.App(request.AppId), request.Id, Reason(request.Reason), apply: true, cancellationToken);
        return new VerdictReport { Applied = applied, Outlived = taken - applied };
    }

    [RequiresScope(Scopes.Admin)]
    [RefuseUnknownMembers]
    public async Task<VerdictReport> Post(DiscardVerdicts request, CancellationToken cancellationToken)
    {
        var (taken, _) = await TakeAllAsync(caller.App(request.AppId), request.Id, Reason(request.Reason), apply: false, cancellationToken);
        return new VerdictReport { Discarded = taken };
    }

    private async Task<(long Taken, long Applied)> TakeAllAsync(App app, long? id, string? reason, bool apply, CancellationToken cancellationToken)
    {
        long notification;
        using (var session = database.Read())
            notification = Find(session, app, id).Id;
        var (taken, applied) = (0L, 0L);
        try
        {
            for (var after = 0L; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var devices = Next(notification, reason, after);
                if (devices.Count == 0)
                    return (taken, applied);
                var piece = await writer.WriteAsync(WriteLane.Engine, session => Take(session, notification, devices, apply));
                taken += piece.Taken;
                applied += piece.Applied;
                after = devices[^1];
            }
        }
        finally
        {
            alarm.Look(app.Id);
        }
    }

    private List<long> Next(long notification, string? reason, long after)
    {
        using var session = database.Read();
        return HeldVerdicts.Page(session, notification, reason, after, Chunk).ConvertAll(row => row.Device);
    }

    private (int Taken, int Applied) Take(SqlSession session, long notification, List<long> devices, bool apply)
    {
        var now = time.UnixMilliseconds();
        var (taken, applied) = (0, 0);
        foreach (var device in devices)
        {
            if (HeldVerdicts.Take(session, notification, device) is not { } verdict)
                continue;
            taken++;
            if (apply && TokenVerdicts.SwitchOff(session, device, verdict, notification, now))
                applied++;
        }
        HeldVerdicts.Settle(session, notification, taken, applied);
        return (taken, applied);
    }

    private static string? Reason(string? reason)
    {
        var validation = new Validation();
        validation.NoControls("reason", reason);
        validation.ThrowIfFaulty();
        return string.IsNullOrEmpty(reason) ? null : reason;
    }

    private static NotificationRow Find(SqlSession session, App app, long? id) => NotificationStore.Find(session, id ?? 0) is { } row && row.App == app.Id
        ? row
        : throw RequestException.NotFound($"There is no notification {id}.");
}
