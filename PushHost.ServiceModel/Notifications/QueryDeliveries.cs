using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>Lists what became of each recipient of a notification (by device id), or of a device's notifications (the newest first).</summary>
/// <remarks>Page with <c>after</c>: the last device's id, or the last notification's.</remarks>
/// <example title="Of a notification">{"notificationId": 1, "outcome": "accepted", "take": 10}</example>
/// <example title="Of a device">{"device": 1, "take": 10}</example>
[Route("/notifications/{NotificationId}/deliveries", "GET")]
[Route("/devices/{Device}/deliveries", "GET")]
[RefusedMembers(nameof(OrderBy), nameof(OrderByDesc))]
public class QueryDeliveries : QueryBase, IGet, IReturn<QueryResponse<Delivery>>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The notification.</summary>
    public long? NotificationId { get; set; }

    /// <summary>The device.</summary>
    public long? Device { get; set; }

    /// <summary>Only with this outcome.</summary>
    public DeliveryOutcome? Outcome { get; set; }

    /// <summary>Only with this reason: the gateway's own word.</summary>
    public string? Reason { get; set; }
}

/// <summary>One notification for one recipient.</summary>
/// <example>
/// {"notificationId": 1, "device": 1, "provider": "apns", "outcome": "accepted", "gatewayMessageId": "00000000-0000-8001-8000-000000000001",
///  "attempts": 1, "completedAt": "2026-11-24T09:31:00.519Z"}
/// </example>
public class Delivery
{
    /// <summary>The notification.</summary>
    public long NotificationId { get; set; }

    /// <summary>The device's id.</summary>
    public long Device { get; set; }

    /// <summary>The provider's name.</summary>
    public string? Provider { get; set; }

    /// <summary>The topic, condition or channel, where the recipient is not a device.</summary>
    public string? Target { get; set; }

    /// <summary>What became of it.</summary>
    public DeliveryOutcome Outcome { get; set; }

    /// <summary>The gateway's own word.</summary>
    public string? Reason { get; set; }

    /// <summary>The id under which the gateway knows it.</summary>
    public string? GatewayMessageId { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? CompletedAt { get; set; }
}

/// <summary>What became of a delivery. Every recipient ends in exactly one of the others than <see cref="Pending"/>.</summary>
public enum DeliveryOutcome
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>Not decided yet.</summary>
    [EnumMember(Value = "pending")]
    Pending,

    /// <summary>Taken by the gateway.</summary>
    [EnumMember(Value = "accepted")]
    Accepted,

    /// <summary>Refused for good.</summary>
    [EnumMember(Value = "failed")]
    Failed,

    /// <summary>Its time ran out.</summary>
    [EnumMember(Value = "expired")]
    Expired,

    /// <summary>Not sent on purpose.</summary>
    [EnumMember(Value = "suppressed")]
    Suppressed,

    /// <summary>The gateway may or may not have taken it.</summary>
    [EnumMember(Value = "unknown")]
    Unknown,
}
