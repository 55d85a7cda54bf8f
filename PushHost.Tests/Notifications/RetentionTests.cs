using System.Net;
using NUnit.Framework;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Notifications;

/// <summary>What is over goes after its time, and nothing that is not over.</summary>
public class RetentionTests
{
    [Test]
    public async Task What_ended_long_ago_is_deleted_with_its_deliveries_and_what_is_pending_stays()
    {
        await using var host = await StartAsync();
        var devices = await host.RegisterManyAsync("gcm", 600);
        var phone = await host.RegisterAsync("apns");
        var old = await host.CompletedAsync(await host.SendAsync(new { to = new { all = true, providers = new[] { "gcm" } }, message = new { body = "Hi" } }));
        var scheduled = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddDays(90) });
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)));
        var retrying = await host.SendAsync(new { to = new { ids = new[] { phone.Id } }, message = new { body = "Hi" }, ttl = "P28D" });
        await host.RetryingAsync(retrying, attempts: 1);
        host.Advance(TimeSpan.FromDays(2));
        var young = await host.CompletedAsync(await host.SendAsync("Hi", devices[0]));

        host.Advance(TimeSpan.FromDays(1));
        await Until(host, async () => (await host.GetAsync($"/notifications/{old.Id}")).Status == HttpStatusCode.NotFound);

        Assert.That(host.Number("SELECT COUNT(*) FROM delivery WHERE notification = @p0", old.Id), Is.Zero);
        Assert.That((await host.NotificationAsync(scheduled.Id)).State, Is.EqualTo(NotificationState.Scheduled));
        Assert.That((await host.DeliveryAsync(retrying)).Outcome, Is.EqualTo(DeliveryOutcome.Pending));
        Assert.That((await host.DeliveryAsync(young)).Outcome, Is.EqualTo(DeliveryOutcome.Accepted));
    }

    [Test]
    public async Task What_a_cancel_left_out_goes_with_its_notification()
    {
        await using var host = await StartAsync();
        await host.RegisterManyAsync("apns", 10);
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await host.PostAsync($"/notifications/{sent.Id}/cancel", "");
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.State == NotificationState.Cancelled);

        host.Advance(TimeSpan.FromDays(3));
        await Until(host, () => Task.FromResult(host.Number("SELECT COUNT(*) FROM notification") == 0));

        Assert.That(host.Number("SELECT COUNT(*) FROM batch"), Is.Zero);
        Assert.That(host.Number("SELECT COUNT(*) FROM delivery"), Is.Zero);
    }

    [Test]
    public async Task Verdicts_that_wait_for_an_operator_keep_their_notification()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await database.AcceptAsync();
        await database.Writer.WriteAsync(ServiceInterface.Storage.WriteLane.Caller, session =>
        {
            session.Execute("UPDATE notification SET completed_at = 1, state = 5 WHERE id = @p0", id);
            return session.Execute(
                "INSERT INTO held_verdict (notification, device, registration_id, state, reason, since, created_at) VALUES (@p0, 1, 't', 3, 'r', 1, 1)", id);
        });

        Assert.That(await StepAsync(database), Is.False);
        await database.Writer.WriteAsync(ServiceInterface.Storage.WriteLane.Caller, session => session.Execute("DELETE FROM held_verdict"));

        Assert.That(await StepAsync(database), Is.True);
        Assert.That(database.Number("SELECT COUNT(*) FROM notification"), Is.Zero);
    }

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(new TestHostOptions
    {
        FakeTime = true,
        Settings = new Dictionary<string, string> { ["Retention:Notifications"] = "P2D" },
    });

    private static Task<bool> StepAsync(TestDatabase database) =>
        database.Writer.WriteAsync(ServiceInterface.Storage.WriteLane.Engine, session => NotificationRetention.Step(session, long.MaxValue));

    // The loop looks every ten minutes and pauses between pieces.
    private static Task<bool> Until(TestHost host, Func<Task<bool>> isSo) => TestHostRequests.Until(
        () =>
        {
            host.Advance(TimeSpan.FromSeconds(1));
            return isSo();
        },
        so => so);
}
