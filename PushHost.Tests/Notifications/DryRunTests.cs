using System.Net;
using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Tests.Support;

namespace PushHost.Tests.Notifications;

/// <summary>A rehearsal: everything is checked and counted, and nothing happens.</summary>
public class DryRunTests
{
    [Test]
    public async Task It_tells_whom_it_would_reach_and_stores_and_sends_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns", members: new { tags = new[] { "sports" } });
        await host.RegisterAsync("gcm", members: new { tags = new[] { "sports" } });
        await host.RegisterAsync("gcm");
        await host.CallAsync("PATCH", $"/devices/{(await host.RegisterAsync("apns", members: new { tags = new[] { "sports" } })).Id}", new { isActive = false });
        var rows = host.Rows();

        var answer = await host.PostAsync(
            "/notifications", new { to = new { tags = "sports" }, message = new { body = "Hi" }, dryRun = true, idempotencyKey = "k", wait = "PT10S" });
        var rehearsed = answer.As<Notification>();

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers, Does.Not.ContainKey("Location"));
        Assert.That(rehearsed, Has.Property("Id").Zero.And.Property("State").EqualTo(NotificationState.Queued).And.Property("Lane").EqualTo(Lane.Bulk));
        Assert.That(rehearsed.Counts, Has.Property("Total").EqualTo(2).And.Property("Pending").EqualTo(2));
        Assert.That(host.Rows(), Is.EqualTo(rows));
        await host.CompletedAsync(await host.SendAsync("Hi", device));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
        Assert.That(host.Fcm.Outbox.Total, Is.Zero);
    }

    [TestCase("""{"to":{"all":true},"message":{"badge":-1},"dryRun":true}""", "Range message.badge")]
    [TestCase("""{"to":{},"message":{"body":"Hi"},"dryRun":true}""", "NotEmpty to")]
    [TestCase("""{"to":{"all":true},"message":{"body":"Hi","data":{"aps":1}},"dryRun":true}""", "InvalidForProvider message.data.aps")]
    public async Task It_finds_the_faults_that_sending_would(string request, string fault)
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((await host.PostAsync("/notifications", request)).Fields, Is.EqualTo(new[] { fault }));
    }
}
