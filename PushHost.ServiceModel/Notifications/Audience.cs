namespace PushHost.ServiceModel;

/// <summary>Whom to tell. The lists are added together; <c>tags</c>, <c>providers</c> and <c>lastSeenWithin</c> narrow.
/// <c>all</c>, <c>tags</c> or at least one list is required. What matches nobody is not counted.</summary>
public class Audience
{
    /// <summary>Devices by PushHost's id.</summary>
    [Limits(MaxLength = 50_000)]
    public List<long>? Ids { get; set; }

    /// <summary>Devices by provider and token.</summary>
    [Limits(MaxLength = 50_000)]
    public List<ProviderRegistration>? RegistrationIds { get; set; }

    /// <summary>All devices of these users.</summary>
    [Limits(MaxLength = 50_000)]
    public List<string>? UserIds { get; set; }

    /// <summary>All tokens of these installations.</summary>
    [Limits(MaxLength = 50_000)]
    public List<string>? DeviceIds { get; set; }

    /// <summary>A tag expression such as <c>sports &amp;&amp; (en || fr) &amp;&amp; !muted</c>, at most 20 terms.</summary>
    public string? Tags { get; set; }

    /// <summary>Only through these providers.</summary>
    public List<string>? Providers { get; set; }

    /// <summary>Only devices seen within this time.</summary>
    public TimeSpan? LastSeenWithin { get; set; }

    /// <summary>Every device of the app; not together with the lists.</summary>
    public bool? All { get; set; }
}

/// <summary>A device by its token.</summary>
public class ProviderRegistration
{
    /// <summary>The provider's name.</summary>
    [ApiMember(IsRequired = true)]
    public string? Provider { get; set; }

    /// <summary>The gateway's token.</summary>
    [ApiMember(IsRequired = true)]
    public string? RegistrationId { get; set; }
}
