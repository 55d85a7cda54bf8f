using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>Whether messages are sent to a device.</summary>
public enum DeviceState
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>Messages are sent to it.</summary>
    [EnumMember(Value = "active")]
    Active,

    /// <summary>A gateway doubts its token; nothing is sent until it registers again or is restored.</summary>
    [EnumMember(Value = "quarantined")]
    Quarantined,

    /// <summary>Nothing is sent to it.</summary>
    [EnumMember(Value = "inactive")]
    Inactive,
}
