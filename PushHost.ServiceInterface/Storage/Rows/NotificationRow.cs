using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>notification</c>. Times are Unix milliseconds. While it is being sent its counts live on its batches;
/// they are folded into this row when it completes.</summary>
internal sealed class NotificationRow
{
    public long Id { get; set; }
    public long App { get; set; }
    public NotificationState State { get; set; }

    /// <summary>Which of the app's queues its batches stand in.</summary>
    public Lane Lane { get; set; } = Lane.Normal;

    public string Message { get; set; } = "";

    /// <summary>Whom it is for, as JSON; see <c>StoredAudience</c>.</summary>
    public string Audience { get; set; } = "";

    public long CreatedAt { get; set; }

    /// <summary>When sending is to begin; null for at once.</summary>
    public long? SendAt { get; set; }

    /// <summary>At most so many recipients a minute; null for as many as the gateway takes.</summary>
    public int? PerMinute { get; set; }

    /// <summary>Up to when the batches of a paced one are due already; null before the first.</summary>
    public long? PacedUntil { get; set; }

    /// <summary>What becomes of a recipient whose verdict was lost.</summary>
    public OnUnknown OnUnknown { get; set; } = OnUnknown.Resend;

    public long? CancelledAt { get; set; }
    public long? StartedAt { get; set; }
    public long? CompletedAt { get; set; }

    /// <summary>When trying ends.</summary>
    public long NotAfter { get; set; }

    /// <summary>What the gateway is told of the expiry.</summary>
    public ExpiryKind Expiry { get; set; }

    /// <summary>When whoever was not sent to expires. Not by the clock where there is one attempt, whenever that is.</summary>
    public long OverAt => Expiry == ExpiryKind.Once ? long.MaxValue : NotAfter;

    /// <summary>Planning has covered the devices up to this id.</summary>
    public long PlanAfter { get; set; }

    /// <summary>The highest device id when planning began: later devices are not part of the audience.</summary>
    public long PlanUntil { get; set; }

    public long Total { get; set; }
    public long Accepted { get; set; }
    public long Failed { get; set; }
    public long Expired { get; set; }
    public long Suppressed { get; set; }
    public long Unknown { get; set; }
    public string? Error { get; set; }

    /// <summary>How many devices its verdicts switched off or put into quarantine.</summary>
    public long Deactivated { get; set; }

    /// <summary>How many verdicts over devices wait for an operator, since the send would have switched off an abnormal share of its audience.</summary>
    public long Held { get; set; }
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
