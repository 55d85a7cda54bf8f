namespace PushHost.ServiceModel;

/// <summary>Makes devices active again that are not; all conditions hold together, and at least one is required.</summary>
/// <remarks>By <c>ids</c> any deactivation is undone. Without them only what a gateway's verdict, quarantine or a prune did: what a caller switched off, who logged out
/// and whose token was replaced stays so. A large restore goes on in small steps; what was done when a caller gives up stays done.</remarks>
/// <example title="Some devices">{"ids": [1, 2]}</example>
/// <example title="What a wrong verdict switched off">{"reason": "BadDeviceToken", "deactivatedSince": "2026-11-24T00:00:00Z"}</example>
[Route("/devices/restore", "POST")]
public class RestoreDevices : IPost, IReturn<RestoreReport>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>Only these ids, at most 50,000.</summary>
    [Limits(MaxLength = 50_000)]
    public List<long>? Ids { get; set; }

    /// <summary>Only those that are not active since this moment or a later one.</summary>
    public DateTimeOffset? DeactivatedSince { get; set; }

    /// <summary>Only those with this reason, such as <c>BadDeviceToken</c>.</summary>
    public string? Reason { get; set; }

    /// <summary>Only those that this notification's verdicts switched off.</summary>
    public long? NotificationId { get; set; }

    /// <summary>To do it in steps: only devices with a higher id.</summary>
    public long? After { get; set; }

    /// <summary>To do it in steps: at most so many devices; the answer's <c>last</c> says where to go on.</summary>
    [Limits(Min = 1)]
    public int? Take { get; set; }
}

/// <summary>What became of a restore.</summary>
/// <example>{"restored": 2}</example>
public class RestoreReport
{
    /// <summary>Devices that are active again.</summary>
    public long Restored { get; set; }

    /// <summary>The last device of this step, where there may be more; absent at the end.</summary>
    public long? Last { get; set; }
}
