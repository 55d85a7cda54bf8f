using System.Net;
using NUnit.Framework;
using PushHost.Client;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Client;

/// <summary>Following a notification with the client.</summary>
public sealed class WatchTests
{
    [Test]
    public async Task A_notification_is_followed_to_its_end()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterManyAsync("gcm", 50);
        host.Fcm.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(300)));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });

        var seen = await host.TypedClient().WatchAsync(new WatchNotification { Id = sent.Id }).ToListAsync();

        Assert.That(seen.Select(notification => notification.Counts.Accepted), Is.Ordered);
        Assert.That((seen[^1].State, seen[^1].Counts.Accepted), Is.EqualTo((NotificationState.Completed, 50L)));
    }

    [Test]
    public async Task A_stream_that_breaks_off_is_opened_again_and_tells_nothing_twice()
    {
        var host = new ScriptedHost()
            .Answer(() => Events("event: counts\ndata: {\"id\":7,\"state\":\"sending\"}\n\n: still here\n\nevent: counts\ndata: {\"id\":7,\"sta"))
            .Answer(() => Events("event: counts\ndata: {\"id\":7,\"state\":\"sending\"}\n\nevent: news\ndata: 1\n\n"))
            .Answer(() => Events("event: counts\nid: end\ndata: {\"id\":7,\"state\":\"completed\"}\n\n"));

        var seen = await host.Client().WatchAsync(new WatchNotification { Id = 7 }).ToListAsync();

        Assert.That(seen.Select(notification => notification.State), Is.EqualTo(new[] { NotificationState.Sending, NotificationState.Completed }));
        Assert.That(host.Requests.Select(request => request.Line), Has.Exactly(3).EqualTo("GET /below/notifications/7/events"));
        Assert.That(host.Requests[0].Headers["Accept"], Is.EqualTo("text/event-stream"));
    }

    [Test]
    public async Task A_host_that_never_says_anything_ends_the_watch()
    {
        var host = new ScriptedHost().Answer(() => Events("")).Answer(() => Events(": hm\n\n"));

        var problem = (await Assert.ThrowsAsync<PushHostException>(async () => await host.Client(options => options.MaxRetries = 1).WatchAsync(new WatchNotification { Id = 7 }).ToListAsync()))!;

        Assert.That(problem.ErrorCode, Is.EqualTo("NoAnswer"));
    }

    [Test]
    public async Task Cancelling_ends_a_watch()
    {
        await using var host = await TestHost.StartAsync();
        host.Fcm.FaultAll(Fault.Slow(TimeSpan.FromMinutes(10)));
        await host.RegisterAsync("gcm");
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        using var cancelling = new CancellationTokenSource();

        Assert.That(async () =>
        {
            await foreach (var notification in host.TypedClient().WatchAsync(new WatchNotification { Id = sent.Id }, cancelling.Token))
                await cancelling.CancelAsync();
        }, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task What_there_is_not_cannot_be_watched()
    {
        await using var host = await TestHost.StartAsync();

        var problem = (await Assert.ThrowsAsync<PushHostException>(async () => await host.TypedClient().WatchAsync(new WatchNotification { Id = 7 }).ToListAsync()))!;

        Assert.That(problem.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static StringContent Events(string text) => new(text, System.Text.Encoding.UTF8, "text/event-stream");
}
