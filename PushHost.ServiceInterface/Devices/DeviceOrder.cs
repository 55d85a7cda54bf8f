using PushHost.ServiceInterface.Host;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Reads <c>orderBy</c> of a list of devices.</summary>
internal static class DeviceOrder
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "id",
        ["createdAt"] = "created_at",
        ["registeredAt"] = "registered_at",
        ["lastSeenAt"] = "last_seen_at",
    };

    /// <summary>The ORDER BY clause; keyset paging goes with the order by id only.</summary>
    public static string From(string? orderBy, Paging paging, Validation validation)
    {
        if (string.IsNullOrEmpty(orderBy))
            return "id";
        if (paging.After is not null && !orderBy.Equals("id", StringComparison.OrdinalIgnoreCase))
            validation.Fault("orderBy", "Contradiction", $"is '{DeviceRules.Short(orderBy)}', and together with after it must be id");
        var name = orderBy.TrimStart('-');
        if (!Columns.TryGetValue(name, out var column) || orderBy.Length > name.Length + 1)
        {
            validation.Fault(
                "orderBy", "UnknownValue", $"is '{DeviceRules.Short(orderBy)}', and must be {string.Join(", ", Columns.Keys)}, with a minus to turn it round");
            return "id";
        }
        return $"{column} {(orderBy[0] == '-' ? "DESC NULLS LAST" : "ASC NULLS FIRST")}, id";
    }
}
