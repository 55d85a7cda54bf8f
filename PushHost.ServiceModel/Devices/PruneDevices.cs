namespace PushHost.ServiceModel;

/// <summary>Clears up devices that nobody uses any more. All conditions hold together; <c>inactiveFor</c>, <c>notSeenFor</c> or <c>probe</c> is required.</summary>
/// <remarks>Active devices are switched off, with the reason <c>notSeen</c> or the gateway's own word; devices that are off already are only counted.
/// With <c>delete</c> both are deleted. A large prune goes on in small steps; what was done when a caller gives up stays done.</remarks>
/// <example title="To see what it would do">{"notSeenFor": "P90D", "dryRun": true}</example>
/// <example title="To delete what has been off for long">{"inactiveFor": "P180D", "delete": true}</example>
[Route("/devices/prune", "POST")]
public class PruneDevices : IPost, IReturn<PruneReport>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>Only devices that are not active for at least so long, and were not seen in that time either.</summary>
    public TimeSpan? InactiveFor { get; set; }

    /// <summary>Only devices that were last seen at least so long ago; a device that was never seen counts from its registration, else from when it came to PushHost.
    /// Without <c>delete</c> only active ones.</summary>
    public TimeSpan? NotSeenFor { get; set; }

    /// <summary>Only this provider's.</summary>
    public string? Provider { get; set; }

    /// <summary>Asks the gateway about each device without delivering anything, and prunes only those whose token it calls dead; where it merely doubts the token, an active
    /// device is quarantined. Devices whose gateway cannot be asked are left alone.</summary>
    public bool? Probe { get; set; }

    /// <summary>Deletes instead of switching off.</summary>
    public bool? Delete { get; set; }

    /// <summary>Changes nothing, and answers what would be done.</summary>
    public bool? DryRun { get; set; }

    /// <summary>To do it in steps: only devices with a higher id.</summary>
    public long? After { get; set; }

    /// <summary>To do it in steps: at most so many devices are examined; the answer's <c>last</c> says where to go on.</summary>
    [Limits(Min = 1)]
    public int? Take { get; set; }
}

/// <summary>What became of a prune.</summary>
/// <example>{"examined": 17, "deactivated": 17, "deleted": 0}</example>
public class PruneReport
{
    /// <summary>Devices that the conditions selected, and with <c>probe</c> that the gateway was asked about.</summary>
    public long Examined { get; set; }

    /// <summary>Devices that were switched off or quarantined.</summary>
    public long Deactivated { get; set; }

    /// <summary>Devices that were deleted.</summary>
    public long Deleted { get; set; }

    /// <summary>With <c>probe</c>: devices about which the gateway gave no word, though asked again; they are left alone.</summary>
    public long? Undecided { get; set; }

    /// <summary>The last device of this step, where there may be more; absent at the end.</summary>
    public long? Last { get; set; }
}
