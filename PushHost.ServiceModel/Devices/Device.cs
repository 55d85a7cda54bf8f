namespace PushHost.ServiceModel;

/// <summary>One registration of one installation of an app: what can be pushed to. Unique by app, provider and registration token.</summary>
/// <remarks>A phone's own key, with the scope <c>register</c>, is told <c>id</c> and <c>provider</c> alone.</remarks>
/// <example>
/// {"id": 1, "appId": "default", "provider": "apns", "kind": "alert", "registrationId": "3f2a9c0d77e1", "name": "Ann's phone", "userId": "ann",
///  "isActive": true, "state": "active", "tags": ["en", "sports"], "locale": "en-GB", "timeZone": "Europe/London", "appVersion": "2.4.1",
///  "attributes": {"plan": "gold"}, "createdAt": "2026-11-24T09:30:00.125Z", "registeredAt": "2026-11-24T09:30:00.125Z", "lastSeenAt": "2026-11-24T09:30:00.125Z"}
/// </example>
public class Device
{
    /// <summary>PushHost's own id.</summary>
    public long Id { get; set; }

    /// <summary>The app it belongs to.</summary>
    public string? AppId { get; set; }

    /// <summary>The provider's name, such as <c>apns</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>Which of the installation's tokens this is: <c>alert</c> unless the client said otherwise.</summary>
    public string? Kind { get; set; }

    /// <summary>The gateway's token in the provider's canonical form.</summary>
    public string? RegistrationId { get; set; }

    /// <summary>The client's own id of the installation.</summary>
    public string? DeviceId { get; set; }

    /// <summary>A name for people.</summary>
    public string? Name { get; set; }

    /// <summary>Whose device it is.</summary>
    public string? UserId { get; set; }

    /// <summary>Whether messages are sent to it: <see cref="State"/> is <see cref="DeviceState.Active"/>.</summary>
    public bool? IsActive { get; set; }

    /// <summary>Whether messages are sent to it, and if not, in which way it rests.</summary>
    public DeviceState? State { get; set; }

    /// <summary>Why it is not active: the gateway's own word, <c>caller</c>, <c>logout</c>, <c>replaced</c> or <c>notSeen</c>.</summary>
    public string? DeactivationReason { get; set; }

    /// <summary>Since when it is not active.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>The id of the device that took its place.</summary>
    public long? ReplacedBy { get; set; }

    /// <summary>What the device is tagged with, in alphabetical order.</summary>
    public List<string>? Tags { get; set; }

    /// <summary>The BCP 47 tag of the phone's language.</summary>
    public string? Locale { get; set; }

    /// <summary>The IANA name of the phone's time zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The gateway's environment that the token belongs to, such as <c>sandbox</c>; absent for the credential's own.</summary>
    public string? Environment { get; set; }

    /// <summary>The installed app's bundle id or package name.</summary>
    public string? BundleId { get; set; }

    /// <summary>The installed app's version.</summary>
    public string? AppVersion { get; set; }

    /// <summary>The caller's own members.</summary>
    public Dictionary<string, object?>? Attributes { get; set; }

    /// <summary>When PushHost first heard of it.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When the phone last registered. Only registering moves it; absent for an imported device that never registered here.</summary>
    public DateTimeOffset? RegisteredAt { get; set; }

    /// <summary>When the app was last seen in use.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>When the gateway last took a message for it; moves at most once a day.</summary>
    public DateTimeOffset? LastAcceptedAt { get; set; }
}
