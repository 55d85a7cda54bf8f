using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>Which queue a notification stands in. Each lane has its own share of the gateways, so that none waits behind another.</summary>
public enum Lane
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>Somebody waits for it: a code, a chat message.</summary>
    [EnumMember(Value = "transactional")]
    Transactional,

    /// <summary>To a list of people.</summary>
    [EnumMember(Value = "normal")]
    Normal,

    /// <summary>A campaign.</summary>
    [EnumMember(Value = "bulk")]
    Bulk,
}
