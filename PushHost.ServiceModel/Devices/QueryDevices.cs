namespace PushHost.ServiceModel;

/// <summary>Which devices are meant; all conditions hold together.</summary>
public abstract class DeviceFilter : QueryBase
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>Only these ids.</summary>
    public List<long>? Ids { get; set; }

    /// <summary>Only this provider's.</summary>
    public string? Provider { get; set; }

    /// <summary>Only this kind.</summary>
    public string? Kind { get; set; }

    /// <summary>Only this user's.</summary>
    public string? UserId { get; set; }

    /// <summary>Only this installation's.</summary>
    public string? DeviceId { get; set; }

    /// <summary>Only this token.</summary>
    public string? RegistrationId { get; set; }

    /// <summary>Only in this state.</summary>
    public DeviceState? State { get; set; }

    /// <summary>Only active ones, or only those that are not.</summary>
    public bool? IsActive { get; set; }

    /// <summary>A tag expression with <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and parentheses, at most 20 terms.</summary>
    public string? Tags { get; set; }

    /// <summary>Part of the name or user, or the start of the token.</summary>
    [Limits(MaxLength = 4096)]
    public string? Search { get; set; }

    /// <summary>Registered before this moment.</summary>
    public DateTimeOffset? RegisteredBefore { get; set; }

    /// <summary>Registered at or after this moment.</summary>
    public DateTimeOffset? RegisteredAfter { get; set; }

    /// <summary>Last seen before this moment.</summary>
    public DateTimeOffset? SeenBefore { get; set; }

    /// <summary>Last seen at or after this moment.</summary>
    public DateTimeOffset? SeenAfter { get; set; }
}

/// <summary>Lists devices by id, or as <c>orderBy</c> says (<c>id</c>, <c>createdAt</c>, <c>registeredAt</c>, <c>lastSeenAt</c>).</summary>
/// <example title="By tags">{"tags": "sports &amp;&amp; !muted", "take": 10, "include": "total"}</example>
/// <example title="Of one provider">{"provider": "apns", "isActive": true, "take": 10}</example>
[Route("/devices", "GET")]
[Route("/device/{Provider}", "GET")]
public class QueryDevices : DeviceFilter, IGet, IReturn<QueryResponse<Device>>
{
}
