using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>device</c>. Times are Unix milliseconds.</summary>
internal sealed class DeviceRow
{
    public long Id { get; set; }
    public long App { get; set; }
    public string Provider { get; set; } = "";
    public string Kind { get; set; } = "";
    public string RegistrationId { get; set; } = "";
    public string? DeviceId { get; set; }
    public string? Name { get; set; }
    public string? UserId { get; set; }

    /// <summary>The newest notification when the owner last changed: those up to it were not meant for this owner. Kept by <c>DeviceStore</c>.</summary>
    public long OwnerEpoch { get; set; }

    public DeviceState State { get; set; }
    public string? Reason { get; set; }
    public long? StateSince { get; set; }
    public long? ReplacedBy { get; set; }

    /// <summary>The notification whose verdict switched it off; null where none did.</summary>
    public long? DeactivatedBy { get; set; }

    /// <summary>The environments in which the gateway refused this token, separated by spaces; see <c>TokenEnvironments</c>.</summary>
    public string? RejectedIn { get; set; }

    /// <summary>The tags in alphabetical order, separated by spaces; <c>device_tag</c> holds them for searching.</summary>
    public string? Tags { get; set; }

    public string? Locale { get; set; }
    public string? TimeZone { get; set; }
    public string? Environment { get; set; }
    public string? BundleId { get; set; }
    public string? AppVersion { get; set; }
    public string? Attributes { get; set; }
    public string? ProviderData { get; set; }
    public long? Sequence { get; set; }
    public long CreatedAt { get; set; }

    /// <summary>0 for an imported device that never registered here: then any moment a gateway names is later.</summary>
    public long RegisteredAt { get; set; }

    public long? LastSeenAt { get; set; }
    public long? LastAcceptedAt { get; set; }
}

/// <summary>A row of <c>device_tag</c>.</summary>
internal sealed class DeviceTagRow
{
    public long Device { get; set; }
    public string Tag { get; set; } = "";
}

/// <summary>A row of <c>tombstone</c>: a logout or delete by token, kept to refuse registrations that come late.</summary>
internal sealed class TombstoneRow
{
    public long App { get; set; }
    public string Provider { get; set; } = "";
    public string RegistrationId { get; set; } = "";
    public string? UserId { get; set; }
    public long? Sequence { get; set; }
    public long CreatedAt { get; set; }
}
