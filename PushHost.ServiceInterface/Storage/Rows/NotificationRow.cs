using LinqToDB.Mapping;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>notification</c>. Times are Unix milliseconds. While it is being sent its counts live on its batches;
/// they are folded into this row when it completes.</summary>
[Table("notification")]
internal sealed class NotificationRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }
    [Column("app")] public long App { get; set; }
    [Column("state")] public NotificationState State { get; set; }
    [Column("message")] public string Message { get; set; } = "";

    /// <summary>Whom it is for, as JSON; see <c>StoredAudience</c>.</summary>
    [Column("audience")] public string Audience { get; set; } = "";

    [Column("created_at")] public long CreatedAt { get; set; }
    [Column("started_at")] public long? StartedAt { get; set; }
    [Column("completed_at")] public long? CompletedAt { get; set; }

    /// <summary>When trying ends.</summary>
    [Column("not_after")] public long NotAfter { get; set; }

    /// <summary>What the gateway is told of the expiry.</summary>
    [Column("expiry")] public ExpiryKind Expiry { get; set; }

    /// <summary>Planning has covered the devices up to this id.</summary>
    [Column("plan_after")] public long PlanAfter { get; set; }

    /// <summary>The highest device id when planning began: later devices are not part of the audience.</summary>
    [Column("plan_until")] public long PlanUntil { get; set; }

    [Column("total")] public long Total { get; set; }
    [Column("accepted")] public long Accepted { get; set; }
    [Column("failed")] public long Failed { get; set; }
    [Column("expired")] public long Expired { get; set; }
    [Column("suppressed")] public long Suppressed { get; set; }
    [Column("unknown")] public long Unknown { get; set; }
    [Column("error")] public string? Error { get; set; }
}

/// <summary>What the gateway is told of a notification's expiry.</summary>
internal enum ExpiryKind
{
    /// <summary>Nothing: its own default holds.</summary>
    GatewayDefault,

    /// <summary>One attempt, not stored.</summary>
    Once,

    /// <summary>Until the notification's <c>not_after</c>.</summary>
    Until,
}
