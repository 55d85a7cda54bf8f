using System.Text.Json;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices;

/// <summary>What callers see of a device row.</summary>
internal static class DeviceMapping
{
    public static Device ToDto(this DeviceRow row, string appName) => new()
    {
        Id = row.Id,
        AppId = appName,
        Provider = row.Provider,
        Kind = row.Kind,
        RegistrationId = row.RegistrationId,
        DeviceId = row.DeviceId,
        Name = row.Name,
        UserId = row.UserId,
        IsActive = row.State == DeviceState.Active,
        State = row.State,
        DeactivationReason = row.Reason,
        DeactivatedAt = row.StateSince.ToTime(),
        ReplacedBy = row.ReplacedBy,
        Tags = row.Tags is null ? [] : [.. row.Tags.Split(' ')],
        Locale = row.Locale,
        TimeZone = row.TimeZone,
        Environment = row.Environment,
        BundleId = row.BundleId,
        AppVersion = row.AppVersion,
        Attributes = row.Attributes is null ? null : JsonSerializer.Deserialize<Dictionary<string, object?>>(row.Attributes),
        CreatedAt = row.CreatedAt.ToTime(),
        RegisteredAt = row.RegisteredAt == 0 ? null : row.RegisteredAt.ToTime(),
        LastSeenAt = row.LastSeenAt.ToTime(),
        LastAcceptedAt = row.LastAcceptedAt.ToTime(),
    };
}
