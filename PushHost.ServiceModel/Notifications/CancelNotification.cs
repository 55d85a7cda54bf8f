namespace PushHost.ServiceModel;

/// <summary>Stops a notification: what is not sent yet becomes <c>suppressed</c> with the reason <c>cancelled</c>; what is in flight ends as its gateway says.</summary>
/// <remarks>Answers the notification, which is <c>cancelled</c> once every recipient has its outcome. One that has ended already stays as it is, and
/// cancelling twice is the same as once.</remarks>
/// <example>{"id": 1}</example>
[Route("/notifications/{Id}/cancel", "POST")]
[Repeatable]
public class CancelNotification : IPost, IReturn<Notification>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>PushHost's id.</summary>
    [ApiMember(IsRequired = true)]
    public long? Id { get; set; }
}
