using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>delivery</c>: written when a recipient's outcome or first retry is known. A recipient without a row is pending.</summary>
internal sealed class DeliveryRow
{
    public long Notification { get; set; }
    public long Device { get; set; }
    public string Provider { get; set; } = "";
    public DeliveryOutcome Outcome { get; set; }

    /// <summary>The gateway's own word; null for accepted.</summary>
    public string? Reason { get; set; }

    public string? GatewayMessageId { get; set; }
    public int Attempts { get; set; }

    /// <summary>When a pending one is tried next, Unix milliseconds.</summary>
    public long? DueAt { get; set; }

    public long? CompletedAt { get; set; }
}
