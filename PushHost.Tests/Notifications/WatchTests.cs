using System.Net;
using System.Text.Json;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.Notifications;

/// <summary>Watching a notification come to its end.</summary>
public class WatchTests
{
    private static readonly JsonSerializerOptions Json = new WireJson().ReadOptions;

    [Test]
    public async Task Counts_come_as_they_change_until_the_end()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Delivery = new DeliverySettings { MaxInFlight = 5 } });
        await host.RegisterManyAsync("gcm", 200);
        host.Fcm.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(25)));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });

        using var events = await Events.OpenAsync(host, sent);
        var seen = await events.ToEndAsync();

        Assert.That(events.Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(events.Response.Headers.GetValues("X-Accel-Buffering"), Is.EqualTo(new[] { "no" }));
        Assert.That(events.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(seen, Has.Count.GreaterThan(2));
        Assert.That(seen.Select(notification => notification.Counts.Accepted), Is.Ordered);
        Assert.That(seen[^1], Has.Property("State").EqualTo(NotificationState.Completed));
        Assert.That(seen[^1].Counts.Accepted, Is.EqualTo(200));
        Assert.That(events.LastId, Is.EqualTo("end"));
    }

    [Test]
    public async Task One_that_has_ended_is_told_once_and_a_browser_that_comes_again_is_sent_away()
    {
        await using var host = await TestHost.StartAsync();
        var sent = await host.CompletedAsync(await host.SendAsync("Hi", await host.RegisterAsync("apns")));

        using var events = await Events.OpenAsync(host, sent);
        var again = await host.CallAsync("GET", $"/notifications/{sent.Id}/events", headers: ("Last-Event-ID", "end"));

        Assert.That((await events.ToEndAsync()).Single().State, Is.EqualTo(NotificationState.Completed));
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(again.Body, Is.Empty);
    }

    [Test]
    public async Task Many_who_watch_see_the_same_end()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });
        var watchers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Events.OpenAsync(host, sent)));
        foreach (var watcher in watchers)
            Assert.That((await watcher.NextAsync())!.State, Is.EqualTo(NotificationState.Scheduled));

        await host.PostAsync($"/notifications/{sent.Id}/cancel", "");

        foreach (var watcher in watchers)
        {
            Assert.That((await WhileTimePassesAsync(host, watcher.NextAsync()))!.State, Is.EqualTo(NotificationState.Cancelled));
            Assert.That(await watcher.NextAsync(), Is.Null);
            watcher.Dispose();
        }
    }

    [Test]
    public async Task A_quiet_stream_says_now_and_then_that_it_is_still_there()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });
        using var events = await Events.OpenAsync(host, sent);
        await events.NextAsync();

        Assert.That(await WhileTimePassesAsync(host, events.LineAsync()), Does.StartWith(":"));
    }

    [Test]
    public async Task Watchers_are_counted_and_those_who_left_make_room()
    {
        await using var database = await TestDatabase.StartAsync();
        var watch = new NotificationWatch(database.Database, database.Apps, database.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<NotificationWatch>.Instance);
        var notification = await database.AcceptAsync();
        var watchers = Enumerable.Range(0, NotificationWatch.MaxWatchers).Select(_ => watch.Watch(notification)).ToList();

        var refused = Assert.Throws<RequestException>(() => watch.Watch(notification));
        watchers[0].Dispose();
        watchers[0].Dispose();
        watchers[0] = watch.Watch(notification);

        Assert.That(refused!.Status, Is.EqualTo(429));
        Assert.That(() => watch.Watch(notification), Throws.TypeOf<RequestException>());
        watchers.ForEach(watcher => watcher.Dispose());
        database.Time.Advance(TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task A_host_that_stops_ends_its_streams_in_order()
    {
        await using var host = await TestHost.StartAsync();
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });
        using var events = await Events.OpenAsync(host, sent);
        await events.NextAsync();
        var end = events.NextAsync();

        await host.StopAsync();

        Assert.That(await end, Is.Null);
    }

    [Test]
    public async Task Only_what_there_is_can_be_watched()
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((await host.GetAsync("/notifications/7/events")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await host.GetAsync("/notifications/7/events", await host.KeyAsync("devices"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task<T> WhileTimePassesAsync<T>(TestHost host, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            host.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }
        return await task;
    }

    private sealed class Events(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public HttpResponseMessage Response => response;

        public string? LastId { get; private set; }

        public static async Task<Events> OpenAsync(TestHost host, Notification sent)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/notifications/{sent.Id}/events");
            request.Headers.Authorization = new("Bearer", TestHost.AdminKey);
            var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return new Events(response.EnsureSuccessStatusCode(), new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        public Task<string?> LineAsync() => reader.ReadLineAsync().WaitAsync(TestHost.Deadline, TimeProvider.System);

        public async Task<Notification?> NextAsync()
        {
            Notification? seen = null;
            while (await LineAsync() is { } line)
            {
                if (line.Length == 0 && seen is not null)
                    return seen;
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    LastId = line[4..];
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    seen = JsonSerializer.Deserialize<Notification>(line[6..], Json);
            }
            return null;
        }

        public async Task<List<Notification>> ToEndAsync()
        {
            var all = new List<Notification>();
            while (await NextAsync() is { } notification)
                all.Add(notification);
            return all;
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
