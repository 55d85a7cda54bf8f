using LinqToDB;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>The order of a list of devices, and its page.</summary>
internal sealed class DeviceOrder
{
    private readonly Func<IQueryable<DeviceRow>, IOrderedQueryable<DeviceRow>> _order;

    private DeviceOrder(Func<IQueryable<DeviceRow>, IOrderedQueryable<DeviceRow>> order) => _order = order;

    /// <summary>Reads <c>orderBy</c>; keyset paging goes with the order by id only.</summary>
    public static DeviceOrder From(string? orderBy, Paging paging, Validation validation)
    {
        if (paging.After is not null && orderBy is { Length: > 0 } && orderBy != "id")
            validation.Fault("orderBy", "Contradiction", $"is '{orderBy}', and with after it must be id");
        switch (orderBy)
        {
            case null or "" or "id":
                return new DeviceOrder(query => query.OrderBy(row => row.Id));
            case "-id":
                return new DeviceOrder(query => query.OrderByDescending(row => row.Id));
            case "createdAt":
                return new DeviceOrder(query => query.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id));
            case "-createdAt":
                return new DeviceOrder(query => query.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id));
            case "registeredAt":
                return new DeviceOrder(query => query.OrderBy(row => row.RegisteredAt).ThenBy(row => row.Id));
            case "-registeredAt":
                return new DeviceOrder(query => query.OrderByDescending(row => row.RegisteredAt).ThenBy(row => row.Id));
            case "lastSeenAt":
                return new DeviceOrder(query => query.OrderBy(row => row.LastSeenAt).ThenBy(row => row.Id));
            case "-lastSeenAt":
                return new DeviceOrder(query => query.OrderByDescending(row => row.LastSeenAt).ThenBy(row => row.Id));
            default:
                validation.Fault("orderBy", "UnknownValue", $"is '{orderBy}', and must be id, createdAt, registeredAt or lastSeenAt, with a minus to turn it round");
                return new DeviceOrder(query => query.OrderBy(row => row.Id));
        }
    }

    public IQueryable<DeviceRow> Page(IQueryable<DeviceRow> query, Paging paging)
    {
        if (paging.After is { } after)
            query = query.Where(row => row.Id > after);
        return _order(query).Skip(paging.Skip).Take(paging.Take);
    }
}
