using LinqToDB.Mapping;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>delivery</c>: written when a recipient's outcome or first retry is known. A recipient without a row is pending.</summary>
[Table("delivery")]
internal sealed class DeliveryRow
{
    [Column("notification"), PrimaryKey(0)] public long Notification { get; set; }
    [Column("device"), PrimaryKey(1)] public long Device { get; set; }
    [Column("provider")] public string Provider { get; set; } = "";
    [Column("outcome")] public DeliveryOutcome Outcome { get; set; }

    /// <summary>The gateway's own word; null for accepted.</summary>
    [Column("reason")] public string? Reason { get; set; }

    [Column("gateway_message_id")] public string? GatewayMessageId { get; set; }
    [Column("attempts")] public int Attempts { get; set; }

    /// <summary>When a pending one is tried next, Unix milliseconds.</summary>
    [Column("due_at")] public long? DueAt { get; set; }

    [Column("completed_at")] public long? CompletedAt { get; set; }
}
