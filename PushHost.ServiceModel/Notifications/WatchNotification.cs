namespace PushHost.ServiceModel;

/// <summary>Streams a notification's progress as server-sent events (<c>text/event-stream</c>) until it has ended.</summary>
/// <remarks>Each event is named <c>counts</c> and carries the notification as JSON: one at once, one whenever something changed, at most four a second, and
/// the last one, with the id <c>end</c>, when every recipient has its outcome. A browser that comes again after that is told to stay away with 204.</remarks>
/// <example>{"id": 1}</example>
/// <example type="text/event-stream" of="answer">
/// event: counts
/// id: end
/// data: {"id":1,"appId":"default","state":"completed","lane":"bulk","counts":{"planned":true,"total":1,"pending":0,"accepted":1,"failed":0,"expired":0,"suppressed":0,"unknown":0},"createdAt":"2026-11-24T09:31:00.5Z","startedAt":"2026-11-24T09:31:00.503Z","completedAt":"2026-11-24T09:31:00.52Z"}
/// </example>
[Route("/notifications/{Id}/events", "GET")]
public class WatchNotification : IGet, IReturn<byte[]>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>PushHost's id.</summary>
    [ApiMember(IsRequired = true)]
    public long? Id { get; set; }
}
