using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Tells what became of each recipient.</summary>
internal sealed class DeliveryServices(Database database, Caller caller) : IService
{
    [RequiresScope(Scopes.Read, Scopes.Send)]
    public QueryResponse<ServiceModel.Delivery> Get(QueryDeliveries request)
    {
        var app = caller.App(request.AppId);
        var validation = new Validation();
        var paging = Paging.From(request, validation);
        if (request.NotificationId is null == request.Device is null)
            validation.Fault("notificationId", "NotEmpty", "or device must be given, and not both");
        if (Paging.OrderOf(request, validation) is { Length: > 0 })
            validation.Fault("orderBy", "UnknownValue", "is not for deliveries: a notification's come by device, a device's the newest first");
        // Recipients without a row are merged in from packed batches, which can't be counted past; keyset pages can.
        if (request.NotificationId is not null && paging.Skip > 0)
            validation.Fault("skip", "Contradiction", "is not for a notification's deliveries: page with after, the last device's id");
        validation.ThrowIfFaulty();

        using var session = database.Read();
        // One view of rows and batches: a recipient recorded between the two readings would be in neither.
        using var view = session.View();
        return request.NotificationId is { } notification
            ? OfNotification(session, app, notification, request, paging)
            : OfDevice(session, app, request.Device!.Value, request, paging);
    }

    private static QueryResponse<ServiceModel.Delivery> OfNotification(
        SqlSession session, App app, long notification, QueryDeliveries request, Paging paging)
    {
        if (NotificationStore.Find(session, notification) is not { } row || row.App != app.Id)
            throw RequestException.NotFound($"There is no notification {notification}.");
        var reason = string.IsNullOrEmpty(request.Reason) ? null : request.Reason;
        return new QueryResponse<ServiceModel.Delivery>
        {
            Total = paging.Total ? Total(session, row.ToDto(app.Name).Counts, notification, request.Outcome, reason) : null,
            Results = DeliveryList.OfNotification(session, notification, request.Outcome, reason, paging.After ?? 0, paging.Take),
        };
    }

    private static QueryResponse<ServiceModel.Delivery> OfDevice(SqlSession session, App app, long device, QueryDeliveries request, Paging paging)
    {
        new DeviceKey(app.Id, device, null, null).Find(session);
        var where = new SqlWhere().And($"device = {device}")
            .AndIf(request.Outcome is not null, $"outcome = {(int?)request.Outcome}")
            .AndIf(request.Reason is { Length: > 0 }, $"reason = {request.Reason}");
        long? total = paging.Total ? DeliveryList.Count(session, where) : null;
        where.AndIf(paging.After is not null, $"notification < {paging.After}");
        return new QueryResponse<ServiceModel.Delivery>
        {
            Offset = paging.Skip,
            Total = total,
            Results = DeliveryList.OfDevice(session, where, paging.Take, paging.Skip),
        };
    }

    private static long Total(SqlSession session, NotificationCounts counts, long notification, DeliveryOutcome? outcome, string? reason)
    {
        if (reason is not null)
        {
            return DeliveryList.Count(session, new SqlWhere().And($"notification = {notification}").And($"reason = {reason}")
                .AndIf(outcome is not null, $"outcome = {(int?)outcome}"));
        }
        return outcome switch
        {
            null => counts.Total,
            DeliveryOutcome.Pending => counts.Pending,
            DeliveryOutcome.Accepted => counts.Accepted,
            DeliveryOutcome.Failed => counts.Failed,
            DeliveryOutcome.Expired => counts.Expired,
            DeliveryOutcome.Suppressed => counts.Suppressed,
            DeliveryOutcome.Unknown => counts.Unknown,
            _ => 0,
        };
    }
}
