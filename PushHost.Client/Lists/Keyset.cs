using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>By what a list is paged.</summary>
internal static class Keyset
{
    /// <summary>What to give as <c>after</c> behind an entry; null where the list can only be paged by passing entries over.</summary>
    public static Func<T, long>? Of<T>(object query)
    {
        if (query is QueryBase { OrderByDesc.Length: > 0 })
            return null;
        var order = (query as QueryBase)?.OrderBy;
        Delegate? key = query switch
        {
            DeviceFilter when order is null or "" or "id" => (Func<Device, long>)(device => device.Id),
            QueryNotifications when order is null or "" or "id" or "-id" => (Func<Notification, long>)(notification => notification.Id),
            QueryDeliveries { Device: not null } => (Func<Delivery, long>)(delivery => delivery.NotificationId),
            QueryDeliveries => (Func<Delivery, long>)(delivery => delivery.Device),
            _ => null,
        };
        return key as Func<T, long>;
    }
}
