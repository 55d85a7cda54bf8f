using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Streams how far a notification has come.</summary>
internal sealed class WatchServices(
    NotificationWatch watch, Database database, Caller caller, OperationContext context, IHostApplicationLifetime host, TimeProvider time) : IService
{
    [RequiresScope(Scopes.Read, Scopes.Send)]
    [Answers(200, "Events until it has ended.")]
    [Answers(204, "It has ended, and `Last-Event-ID` says that the caller knows: an `EventSource` stays away.")]
    [Fails(ErrorCodes.NotFound, ErrorCodes.TooManyRequests)]
    public StreamedAnswer Get(WatchNotification request)
    {
        var app = caller.App(request.AppId);
        using (var session = database.Read())
        {
            if (NotificationStore.Find(session, request.Id ?? 0) is not { } row || row.App != app.Id)
                throw RequestException.NotFound($"There is no notification {request.Id}.");
        }
        // Without a proxy's own buffer in between events come when they happen.
        context.SetHeader("X-Accel-Buffering", "no");
        if (context.Http.Request.Headers["Last-Event-ID"] == Watcher.EndId)
        {
            context.StatusCode = StatusCodes.Status204NoContent;
            return new StreamedAnswer("text/event-stream", (_, _) => Task.CompletedTask);
        }
        var watcher = watch.Watch(request.Id!.Value);
        context.Http.Response.RegisterForDispose(watcher);
        return new StreamedAnswer("text/event-stream", (stream, cancellationToken) => WriteAsync(watcher, stream, cancellationToken));
    }

    private async Task WriteAsync(Watcher watcher, Stream stream, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        try
        {
            await watcher.WriteAsync(stream, time, either.Token);
        }
        // A host that stops ends the stream; who watches comes again, and finds the next host.
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }
    }
}
