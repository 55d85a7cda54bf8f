using LinqToDB.Mapping;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>batch</c>: up to 1,000 recipients of one notification, provider and environment, packed. It goes when its notification completes.</summary>
[Table("batch")]
internal sealed class BatchRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }
    [Column("notification")] public long Notification { get; set; }
    [Column("provider")] public string Provider { get; set; } = "";
    [Column("environment")] public string? Environment { get; set; }

    /// <summary>Every recipient has an outcome.</summary>
    [Column("done")] public bool Done { get; set; }

    [Column("first_device")] public long FirstDevice { get; set; }
    [Column("last_device")] public long LastDevice { get; set; }

    /// <summary>See <c>PackedRecipients</c>; null once done.</summary>
    [Column("recipients")] public byte[]? Recipients { get; set; }

    /// <summary>When it may be claimed; while leased, when the lease lapses. Unix milliseconds.</summary>
    [Column("due_at")] public long DueAt { get; set; }

    /// <summary>Rises with every claim: writes under an older epoch change nothing.</summary>
    [Column("lease_epoch")] public long LeaseEpoch { get; set; }

    /// <summary>Whether a worker holds it.</summary>
    [Column("leased")] public bool Leased { get; set; }

    [Column("total")] public long Total { get; set; }
    [Column("accepted")] public long Accepted { get; set; }
    [Column("failed")] public long Failed { get; set; }
    [Column("expired")] public long Expired { get; set; }
    [Column("suppressed")] public long Suppressed { get; set; }
    [Column("unknown")] public long Unknown { get; set; }
}
