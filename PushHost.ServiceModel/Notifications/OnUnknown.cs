using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>What becomes of a recipient that may or may not have been sent to: the gateway did not answer, or the host died before it could write the answer down.</summary>
public enum OnUnknown
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>It is sent again, and may be shown twice.</summary>
    [EnumMember(Value = "resend")]
    Resend,

    /// <summary>It ends unknown, and may never be shown.</summary>
    [EnumMember(Value = "stop")]
    Stop,
}
