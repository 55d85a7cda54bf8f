namespace PushHost.ServiceModel;

/// <summary>Lists the verdicts over devices that a send was kept from acting on, since it would have switched off an abnormal share of its audience.</summary>
/// <remarks>By device; page with <c>after</c>, the last device's id.</remarks>
/// <example>{"id": 1, "take": 10}</example>
[Route("/notifications/{Id}/verdicts", "GET")]
[RefusedMembers(nameof(OrderBy), nameof(OrderByDesc))]
public class QueryHeldVerdicts : QueryBase, IGet, IReturn<QueryResponse<HeldVerdict>>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The notification's id.</summary>
    public long? Id { get; set; }

    /// <summary>Only with this reason: the gateway's own word.</summary>
    public string? Reason { get; set; }
}

/// <summary>Does to devices what the verdicts that a send holds say of them. A phone that has registered since stays as it is.</summary>
/// <example>{"id": 1, "reason": "BadDeviceToken"}</example>
[Route("/notifications/{Id}/verdicts/apply", "POST")]
public class ApplyVerdicts : IPost, IReturn<VerdictReport>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The notification's id.</summary>
    public long? Id { get; set; }

    /// <summary>Only those with this reason: the gateway's own word.</summary>
    public string? Reason { get; set; }
}

/// <summary>Forgets the verdicts that a send holds; the devices stay as they are.</summary>
/// <example>{"id": 1, "reason": "BadDeviceToken"}</example>
[Route("/notifications/{Id}/verdicts/discard", "POST")]
public class DiscardVerdicts : IPost, IReturn<VerdictReport>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The notification's id.</summary>
    public long? Id { get; set; }

    /// <summary>Only those with this reason: the gateway's own word.</summary>
    public string? Reason { get; set; }
}

/// <summary>A verdict over a device that waits for an operator.</summary>
/// <example>{"device": 1, "state": "inactive", "reason": "Unregistered", "since": "2026-11-24T09:30:00Z", "heldAt": "2026-11-24T09:31:00.519Z"}</example>
public class HeldVerdict
{
    /// <summary>The device's id.</summary>
    public long Device { get; set; }

    /// <summary>What the device would become.</summary>
    public DeviceState State { get; set; }

    /// <summary>The gateway's own word.</summary>
    public string? Reason { get; set; }

    /// <summary>Since when the token is dead, as far as the gateway says, or else when it was asked. A registration after that outlives the verdict.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>When the verdict was held.</summary>
    public DateTimeOffset? HeldAt { get; set; }
}

/// <summary>What became of held verdicts.</summary>
/// <example>{"applied": 41, "outlived": 1, "discarded": 0}</example>
public class VerdictReport
{
    /// <summary>Devices that were switched off.</summary>
    public long Applied { get; set; }

    /// <summary>Verdicts without effect: the phone has registered since, has another token, or is off already.</summary>
    public long Outlived { get; set; }

    /// <summary>Verdicts that were forgotten.</summary>
    public long Discarded { get; set; }
}
