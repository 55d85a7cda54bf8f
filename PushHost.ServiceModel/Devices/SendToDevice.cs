namespace PushHost.ServiceModel;

/// <summary>Sends to one device, which must be active (else 409).</summary>
/// <remarks>Takes a <c>message</c> or, for short, body, title, badge, sound and data at the top level; not both.</remarks>
/// <example title="By its id">{"id": 1, "title": "Ben", "body": "Are you there?", "badge": 1, "data": {"chat": 17}}</example>
/// <example title="By its token">
/// {"provider": "apns", "registrationId": "3f2a9c0d77e1", "message": {"body": "Your code is 123456"}, "ttl": "PT5M", "wait": "PT5S"}
/// </example>
[Route("/devices/{Id}/send", "POST")]
[Route("/devices/send", "POST")]
public class SendToDevice : IPost, IReturn<Notification>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>PushHost's id; else provider and registrationId name the device.</summary>
    public long? Id { get; set; }

    /// <summary>The provider's name.</summary>
    public string? Provider { get; set; }

    /// <summary>The gateway's token.</summary>
    public string? RegistrationId { get; set; }

    /// <summary>What to say.</summary>
    public Message? Message { get; set; }

    /// <summary>Short for <c>message.body</c>.</summary>
    public string? Body { get; set; }

    /// <summary>Short for <c>message.title</c>.</summary>
    public string? Title { get; set; }

    /// <summary>Short for <c>message.badge</c>.</summary>
    [Limits(Min = 0)]
    public int? Badge { get; set; }

    /// <summary>Short for <c>message.sound</c>.</summary>
    public string? Sound { get; set; }

    /// <summary>Short for <c>message.data</c>.</summary>
    public Dictionary<string, object?>? Data { get; set; }

    /// <summary>How long to try, and how long the gateway is told to keep it; <c>PT0S</c> is one attempt.</summary>
    public TimeSpan? Ttl { get; set; }

    /// <summary>Until when to try, instead of <c>ttl</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>What becomes of it when it may or may not have been sent; <c>resend</c> unless given.</summary>
    public OnUnknown? OnUnknown { get; set; }

    /// <summary>A repeat with the same key within 24 hours answers the first notification.</summary>
    [Limits(MinLength = 1, MaxLength = 255)]
    public string? IdempotencyKey { get; set; }

    /// <summary>How long to wait for the outcome before answering, at most <c>PT30S</c>.</summary>
    public TimeSpan? Wait { get; set; }
}
