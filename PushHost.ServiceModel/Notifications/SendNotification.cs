namespace PushHost.ServiceModel;

/// <summary>Tells devices something. Answers 202 once it is stored durably, or 200 with the final counts when <c>wait</c> was given and it ended in time.</summary>
/// <example title="To whoever has the tags">
/// {"to": {"tags": "sports &amp;&amp; !muted"}, "message": {"title": "Final", "body": "It is over: 2 to 1", "data": {"match": 17},
///  "collapseId": "match-17"}, "ttl": "PT1H"}
/// </example>
/// <example title="To a user, waiting for the outcome">
/// {"to": {"userIds": ["ann"]}, "message": {"body": "Your code is 123456"}, "ttl": "PT5M", "idempotencyKey": "code-17", "wait": "PT5S"}
/// </example>
/// <example title="To wake the app">{"to": {"ids": [1]}, "message": {"silent": true, "data": {"sync": "inbox"}}}</example>
[Route("/notifications", "POST")]
public class SendNotification : IPost, IReturn<Notification>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>Whom to tell.</summary>
    [ApiMember(IsRequired = true)]
    public Audience? To { get; set; }

    /// <summary>What to say.</summary>
    [ApiMember(IsRequired = true)]
    public Message? Message { get; set; }

    /// <summary>When to begin, at most a year ahead; at once unless given, or when it is over. The audience is who belongs to it then.</summary>
    public DateTimeOffset? SendAt { get; set; }

    /// <summary>How long to try from <c>sendAt</c> or from now, and how long the gateway is told to keep it, at most 28 days; <c>PT0S</c> is one attempt,
    /// not stored by the gateway.</summary>
    public TimeSpan? Ttl { get; set; }

    /// <summary>Until when to try, at most 28 days after it begins; with <c>ttl</c> too, whichever is earlier.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>How urgent it is among the app's other notifications; unless given, <c>transactional</c> for one device or user, <c>normal</c> for lists,
    /// <c>bulk</c> for all or tags.</summary>
    public Lane? Lane { get; set; }

    /// <summary>At most so many recipients a minute, from 1 to 100,000,000; as many as the gateways take unless given.</summary>
    [Limits(Min = 1, Max = 100_000_000)]
    public int? PerMinute { get; set; }

    /// <summary>What becomes of a recipient that may or may not have been sent to; <c>resend</c> unless given.</summary>
    public OnUnknown? OnUnknown { get; set; }

    /// <summary>True checks and counts only: answers what would be accepted, with id 0 and whom it would reach now, and stores and sends nothing.</summary>
    public bool? DryRun { get; set; }

    /// <summary>1 to 255 printable characters. A repeat with the same key within 24 hours answers the first notification; another request with it is 409.</summary>
    [Limits(MinLength = 1, MaxLength = 255)]
    public string? IdempotencyKey { get; set; }

    /// <summary>How long to wait for the outcome before answering, at most <c>PT30S</c>.</summary>
    public TimeSpan? Wait { get; set; }
}
