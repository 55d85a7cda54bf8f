using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>What was to be said to whom, and how far it has come.</summary>
/// <example>
/// {"id": 1, "appId": "default", "state": "completed", "lane": "bulk",
///  "counts": {"planned": true, "total": 1, "pending": 0, "accepted": 1, "failed": 0, "expired": 0, "suppressed": 0, "unknown": 0},
///  "createdAt": "2026-11-24T09:31:00.5Z", "startedAt": "2026-11-24T09:31:00.503Z", "completedAt": "2026-11-24T09:31:00.52Z"}
/// </example>
public class Notification
{
    /// <summary>PushHost's id.</summary>
    public long Id { get; set; }

    /// <summary>The app it belongs to.</summary>
    public string? AppId { get; set; }

    /// <summary>How far it has come.</summary>
    public NotificationState State { get; set; }

    /// <summary>Which of the app's queues it stands in.</summary>
    public Lane Lane { get; set; }

    /// <summary>How many recipients ended how. They add up at every moment.</summary>
    public NotificationCounts Counts { get; set; } = new();

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When sending is to begin; absent for at once.</summary>
    public DateTimeOffset? SendAt { get; set; }

    /// <summary>When sending began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When its last recipient had an outcome.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Why its audience could not be counted; set with the state <c>failed</c>.</summary>
    public string? Error { get; set; }

    /// <summary>How many devices its verdicts switched off; absent for none.</summary>
    public long? Deactivated { get; set; }

    /// <summary>How many verdicts over devices wait for an operator, since it would have switched off an abnormal share of its audience; absent for none.</summary>
    public long? HeldVerdicts { get; set; }
}

/// <summary>How far a notification has come.</summary>
public enum NotificationState
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>Waits for its time.</summary>
    [EnumMember(Value = "scheduled")]
    Scheduled,

    /// <summary>Accepted; its audience is not counted yet.</summary>
    [EnumMember(Value = "queued")]
    Queued,

    /// <summary>Its audience is being counted; sending has begun.</summary>
    [EnumMember(Value = "planning")]
    Planning,

    /// <summary>Its audience is counted and being sent to.</summary>
    [EnumMember(Value = "sending")]
    Sending,

    /// <summary>Every recipient has an outcome.</summary>
    [EnumMember(Value = "completed")]
    Completed,

    /// <summary>A caller stopped it, and every recipient has an outcome.</summary>
    [EnumMember(Value = "cancelled")]
    Cancelled,

    /// <summary>Its audience could not be counted while its time lasted; see its error.</summary>
    [EnumMember(Value = "failed")]
    Failed,
}

/// <summary>How many recipients ended how: <see cref="Total"/> is always the sum of the others.</summary>
public class NotificationCounts
{
    /// <summary>Whether the audience is counted; from then on <see cref="Total"/> no longer grows.</summary>
    public bool Planned { get; set; }

    /// <summary>Recipients counted so far.</summary>
    public long Total { get; set; }

    /// <summary>Not decided yet.</summary>
    public long Pending { get; set; }

    /// <summary>Taken by the gateway. Whether the phone showed it is not known to any server.</summary>
    public long Accepted { get; set; }

    /// <summary>Refused for good.</summary>
    public long Failed { get; set; }

    /// <summary>Its time ran out before the gateway took it.</summary>
    public long Expired { get; set; }

    /// <summary>Not sent, since the device was no longer active or no longer the same user's, or the notification was cancelled.</summary>
    public long Suppressed { get; set; }

    /// <summary>The gateway may or may not have taken it.</summary>
    public long Unknown { get; set; }
}
