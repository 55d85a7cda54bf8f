using LinqToDB.Mapping;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>device</c>. Times are Unix milliseconds.</summary>
[Table("device")]
internal sealed class DeviceRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }
    [Column("app")] public long App { get; set; }
    [Column("provider")] public string Provider { get; set; } = "";
    [Column("kind")] public string Kind { get; set; } = "";
    [Column("registration_id")] public string RegistrationId { get; set; } = "";
    [Column("device_id")] public string? DeviceId { get; set; }
    [Column("name")] public string? Name { get; set; }
    [Column("user_id")] public string? UserId { get; set; }

    /// <summary>Rises whenever the owner changes, so that a message accepted for one user never reaches the next.</summary>
    [Column("owner_epoch")] public long OwnerEpoch { get; set; }

    [Column("state")] public DeviceState State { get; set; }
    [Column("reason")] public string? Reason { get; set; }
    [Column("state_since")] public long? StateSince { get; set; }
    [Column("replaced_by")] public long? ReplacedBy { get; set; }

    /// <summary>The tags in alphabetical order, separated by spaces; <c>device_tag</c> holds them for searching.</summary>
    [Column("tags")] public string? Tags { get; set; }

    [Column("locale")] public string? Locale { get; set; }
    [Column("time_zone")] public string? TimeZone { get; set; }
    [Column("environment")] public string? Environment { get; set; }
    [Column("bundle_id")] public string? BundleId { get; set; }
    [Column("app_version")] public string? AppVersion { get; set; }
    [Column("attributes")] public string? Attributes { get; set; }
    [Column("provider_data")] public string? ProviderData { get; set; }
    [Column("sequence")] public long? Sequence { get; set; }
    [Column("created_at")] public long CreatedAt { get; set; }

    /// <summary>0 for an imported device that never registered here: then any moment a gateway names is later.</summary>
    [Column("registered_at")] public long RegisteredAt { get; set; }

    [Column("last_seen_at")] public long? LastSeenAt { get; set; }
    [Column("last_accepted_at")] public long? LastAcceptedAt { get; set; }
}

/// <summary>A row of <c>device_tag</c>.</summary>
[Table("device_tag")]
internal sealed class DeviceTagRow
{
    [Column("device"), PrimaryKey(0)] public long Device { get; set; }
    [Column("tag"), PrimaryKey(1)] public string Tag { get; set; } = "";
}

/// <summary>A row of <c>tombstone</c>: a logout or delete by token, kept to refuse registrations that come late.</summary>
[Table("tombstone")]
internal sealed class TombstoneRow
{
    [Column("app"), PrimaryKey(0)] public long App { get; set; }
    [Column("provider"), PrimaryKey(1)] public string Provider { get; set; } = "";
    [Column("registration_id"), PrimaryKey(2)] public string RegistrationId { get; set; } = "";
    [Column("user_id")] public string? UserId { get; set; }
    [Column("sequence")] public long? Sequence { get; set; }
    [Column("created_at")] public long CreatedAt { get; set; }
}
