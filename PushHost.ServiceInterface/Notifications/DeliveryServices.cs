using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Tells what became of each recipient.</summary>
internal sealed class DeliveryServices(Database database, Caller caller) : IService
{
    // Recipients without a row are merged in, so that what is passed over is read all the same.
    private const int MaxSkip = 10_000;

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
        if (paging.Skip > MaxSkip)
            validation.Fault("skip", "Range", $"is {paging.Skip}, and takes {MaxSkip}: page with after, the last notification's id");
        validation.NoControls("reason", request.Reason);
        validation.ThrowIfFaulty();

        var wanted = new DeliveryFilter(request.Outcome, string.IsNullOrEmpty(request.Reason) ? null : request.Reason);
        using var session = database.Read();
        // One view of rows and batches: a recipient recorded between the two readings would be in neither.
        using var view = session.View();
        return request.NotificationId is { } notification
            ? OfNotification(session, app, notification, wanted, paging)
            : OfDevice(session, app, request.Device!.Value, wanted, paging);
    }

    private static QueryResponse<ServiceModel.Delivery> OfNotification(
        SqlSession session, App app, long notification, DeliveryFilter wanted, Paging paging)
    {
        if (NotificationStore.Find(session, notification) is not { } row || row.App != app.Id)
            throw RequestException.NotFound($"There is no notification {notification}.");
        return new QueryResponse<ServiceModel.Delivery>
        {
            Total = paging.Total ? Total(session, row, app, wanted) : null,
            Results = DeliveryList.OfNotification(session, row, wanted, paging.After ?? 0, paging.Take),
        };
    }

    private static QueryResponse<ServiceModel.Delivery> OfDevice(SqlSession session, App app, long device, DeliveryFilter wanted, Paging paging)
    {
        new DeviceKey(app.Id, device, null, null).Find(session);
        return new QueryResponse<ServiceModel.Delivery>
        {
            Offset = paging.Skip,
            Total = paging.Total ? DeliveryList.CountOfDevice(session, app.Id, device, wanted) : null,
            Results = DeliveryList.OfDevice(session, app.Id, device, wanted, paging.After ?? long.MaxValue, paging.Skip + paging.Take).Skip(paging.Skip).ToList(),
        };
    }

    private static long Total(SqlSession session, NotificationRow row, App app, DeliveryFilter wanted)
    {
        if (wanted.Reason is not null)
            return DeliveryList.CountOfReason(session, row, wanted);
        var counts = row.ToDto(app.Name).Counts;
        return wanted.Outcome switch
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
