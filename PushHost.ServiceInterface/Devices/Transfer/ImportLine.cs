using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>What a line of an import can say: the members of <see cref="RegisterDevice"/>, and what else an export carries.</summary>
internal sealed class ImportLine : DeviceMembers
{
    public long? Sequence { get; set; }

    /// <summary>Counts with <c>isActive: false</c> only.</summary>
    public string? DeactivationReason { get; set; }

    /// <summary>Counts with <c>isActive: false</c> only.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Of a new device: when it was first heard of.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Of a new device: when it last registered.</summary>
    public DateTimeOffset? RegisteredAt { get; set; }
}
