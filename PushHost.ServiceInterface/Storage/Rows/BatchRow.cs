using PushHost.ServiceInterface.Delivery;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>batch</c>: up to 1,000 recipients of one notification, provider and environment, packed. It goes when its notification completes.</summary>
internal sealed class BatchRow
{
    public long Id { get; set; }
    public long Notification { get; set; }
    public DeliveryLane Lane { get; set; }
    public string Provider { get; set; } = "";

    /// <summary>The environment of its devices; null where they name none, which the table keeps as an empty text.</summary>
    public string? Environment { get; set; }

    /// <summary>Every recipient has an outcome.</summary>
    public bool Done { get; set; }

    public long FirstDevice { get; set; }
    public long LastDevice { get; set; }

    /// <summary>See <c>PackedRecipients</c>; null once done.</summary>
    public byte[]? Recipients { get; set; }

    /// <summary>When it may be claimed; while leased, when the lease lapses. Unix milliseconds.</summary>
    public long DueAt { get; set; }

    /// <summary>Rises with every claim: writes under an older epoch change nothing.</summary>
    public long LeaseEpoch { get; set; }

    /// <summary>Whether a worker holds it.</summary>
    public bool Leased { get; set; }

    /// <summary>How many recipients have no outcome yet.</summary>
    public long Left { get; set; }

    /// <summary>When the claim was made whose lease lapsed: what was due then and is not recorded may have been sent. 0 when none lapsed. Unix milliseconds.</summary>
    public long LapsedAt { get; set; }

    /// <summary>Its notification was cancelled before this claim: nothing is sent, and what is left when the claim ends is suppressed.</summary>
    public bool IsStopped { get; set; }
}
