namespace PushHost.ServiceModel;

/// <summary>Answers one notification.</summary>
/// <example>{"id": 1}</example>
[Route("/notifications/{Id}", "GET")]
public class GetNotification : IGet, IReturn<Notification>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>PushHost's id.</summary>
    [ApiMember(IsRequired = true)]
    public long? Id { get; set; }
}

/// <summary>Lists notifications, the newest first unless <c>orderBy</c> says <c>id</c>.</summary>
/// <example>{"state": "completed", "take": 10, "include": "total"}</example>
[Route("/notifications", "GET")]
public class QueryNotifications : QueryBase, IGet, IReturn<QueryResponse<Notification>>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>Only in this state.</summary>
    public NotificationState? State { get; set; }

    /// <summary>Only in this lane.</summary>
    public Lane? Lane { get; set; }

    /// <summary>Accepted at or after this moment.</summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Accepted before this moment.</summary>
    public DateTimeOffset? CreatedBefore { get; set; }
}
