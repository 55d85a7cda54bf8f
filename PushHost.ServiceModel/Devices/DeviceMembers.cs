namespace PushHost.ServiceModel;

/// <summary>What a caller can say about a device.</summary>
public abstract class DeviceMembers
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The provider's name, such as <c>apns</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>The gateway's token as the phone received it. APNs: hexadecimal; FCM: 1 to 4,096 printable characters.</summary>
    [Limits(MaxLength = 4096)]
    public string? RegistrationId { get; set; }

    /// <summary>Which of the installation's tokens this is, at most 40 characters; a new device is <c>alert</c>.</summary>
    [Limits(MaxLength = 40, Pattern = "^[A-Za-z0-9]*$")]
    public string? Kind { get; set; }

    /// <summary>The client's own id of the installation, at most 255 characters.</summary>
    [Limits(MaxLength = 255)]
    public string? DeviceId { get; set; }

    /// <summary>A name for people, at most 255 characters.</summary>
    [Limits(MaxLength = 255)]
    public string? Name { get; set; }

    /// <summary>Whose device it is, at most 255 characters.</summary>
    [Limits(MaxLength = 255)]
    public string? UserId { get; set; }

    /// <summary>False keeps the device and sends it nothing. Null leaves it as it is; a new device is active.</summary>
    public bool? IsActive { get; set; }

    /// <summary>At most 100 tags of <c>[A-Za-z0-9_.:@#-]{1,120}</c>.</summary>
    [Limits(MaxLength = 100, Pattern = "^[A-Za-z0-9_.:@#-]{1,120}$")]
    public List<string>? Tags { get; set; }

    /// <summary>The BCP 47 tag of the phone's language, such as <c>pt-BR</c>.</summary>
    [Limits(MaxLength = 35)]
    public string? Locale { get; set; }

    /// <summary>The IANA name of the phone's time zone, such as <c>Europe/Lisbon</c>; phones that have none say an offset, such as <c>GMT+02:00</c>.</summary>
    [Limits(MaxLength = 64)]
    public string? TimeZone { get; set; }

    /// <summary>The gateway's environment that the token belongs to, such as <c>sandbox</c>; null for the credential's own.</summary>
    public string? Environment { get; set; }

    /// <summary>The installed app's bundle id or package name, at most 255 characters.</summary>
    [Limits(MaxLength = 255)]
    public string? BundleId { get; set; }

    /// <summary>The installed app's version, at most 64 characters.</summary>
    [Limits(MaxLength = 64)]
    public string? AppVersion { get; set; }

    /// <summary>The caller's own members, at most 4 KB of JSON.</summary>
    public Dictionary<string, object?>? Attributes { get; set; }

    /// <summary>What the gateway needs beside the token, at most 4 KB of JSON; never shown again.</summary>
    public Dictionary<string, object?>? ProviderData { get; set; }

    /// <summary>When the app was last seen in use.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }
}
