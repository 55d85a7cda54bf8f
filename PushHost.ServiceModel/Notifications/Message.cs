using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>What to say, in the members that gateways have in common. Each provider's README says what becomes of them.</summary>
public class Message
{
    /// <summary>The title.</summary>
    public string? Title { get; set; }

    /// <summary>The line below the title, where the gateway carries one.</summary>
    public string? Subtitle { get; set; }

    /// <summary>The text; an empty one is no text.</summary>
    public string? Body { get; set; }

    /// <summary>The number on the app's icon, from 0, which removes it.</summary>
    [Limits(Min = 0)]
    public int? Badge { get; set; }

    /// <summary>The name of a sound, such as <c>default</c>.</summary>
    public string? Sound { get; set; }

    /// <summary>The URL of an image.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>The app's own members; keys are kept as they are.</summary>
    public Dictionary<string, object?>? Data { get; set; }

    /// <summary>The set of actions to offer.</summary>
    public string? Category { get; set; }

    /// <summary>Groups messages that belong together.</summary>
    public string? ThreadId { get; set; }

    /// <summary>A later message with the same id takes the place of an earlier one. APNs: at most 64 bytes.</summary>
    public string? CollapseId { get; set; }

    /// <summary><c>high</c> unless given; a silent message is <c>normal</c>.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Wakes the app and shows nothing; not together with title, body, sound, badge or high priority.</summary>
    public bool? Silent { get; set; }

    /// <summary>Lets the app change the message before it is shown.</summary>
    public bool? MutableContent { get; set; }

    /// <summary>Raw members for APNs, merged over the common ones.</summary>
    public ApnsOverrides? Apns { get; set; }

    /// <summary>Raw members for FCM, merged over the common ones.</summary>
    public GcmOverrides? Gcm { get; set; }

    /// <summary>Raw members for other providers by their name, in the form that each one's README describes.</summary>
    public Dictionary<string, object?>? Overrides { get; set; }
}

/// <summary>How urgent a message is to the phone.</summary>
public enum Priority
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>Show it now.</summary>
    [EnumMember(Value = "high")]
    High,

    /// <summary>May wait until the phone wakes anyway.</summary>
    [EnumMember(Value = "normal")]
    Normal,
}

/// <summary>Raw members for APNs.</summary>
public class ApnsOverrides
{
    /// <summary>The push type, such as <c>voip</c> or <c>liveactivity</c>.</summary>
    public string? PushType { get; set; }

    /// <summary>Headers by name, such as <c>apns-priority</c>.</summary>
    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>Members of <c>aps</c>.</summary>
    public Dictionary<string, object?>? Aps { get; set; }

    /// <summary>Members beside <c>aps</c>.</summary>
    public Dictionary<string, object?>? Payload { get; set; }
}

/// <summary>Raw members for FCM.</summary>
public class GcmOverrides
{
    /// <summary>Members of the FCM message, such as <c>android</c>; no target.</summary>
    public Dictionary<string, object?>? Message { get; set; }
}
