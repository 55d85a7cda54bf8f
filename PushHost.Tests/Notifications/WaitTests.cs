using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Notifications;

/// <summary>Waiting for the outcome instead of asking for it.</summary>
[OnBothDatabases]
public class WaitTests
{
    [Test]
    public async Task A_wait_that_ends_in_time_is_200_with_the_final_counts()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");

        var answer = await host.PostAsync("/notifications", new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, wait = "PT30S" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.As<Notification>(), Has.Property("State").EqualTo(NotificationState.Completed));
        Assert.That(answer.As<Notification>().Counts, Has.Property("Accepted").EqualTo(1).And.Property("Total").EqualTo(1));
    }

    [Test]
    public async Task An_audience_of_nobody_ends_at_once()
    {
        await using var host = await TestHost.StartAsync();

        var listed = await host.PostAsync("/notifications", new { to = new { ids = new[] { 7 } }, message = new { body = "Hi" }, wait = "PT30S" });
        var all = await host.PostAsync("/notifications", new { to = new { all = true }, message = new { body = "Hi" }, wait = "PT30S" });

        foreach (var answer in new[] { listed, all })
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.As<Notification>().State, Is.EqualTo(NotificationState.Completed));
            Assert.That(answer.As<Notification>().Counts.Total, Is.Zero);
        }
    }

    [Test]
    public async Task A_wait_that_is_too_short_is_202_and_the_sending_goes_on()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.Slow(TimeSpan.FromSeconds(20)), times: 1);

        var waiting = host.PostAsync("/notifications", new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, wait = "PT10S" });
        await host.Apns.Outbox.WaitForTotalAsync(1);
        host.Advance(TimeSpan.FromSeconds(10));
        var answer = await waiting;

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(answer.As<Notification>().Counts, Has.Property("Pending").EqualTo(1));
        host.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await host.CompletedAsync(answer.As<Notification>())).Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task Waits_for_what_is_complete_leave_nothing_behind()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        var request = new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, wait = "PT30S", idempotencyKey = "k" };

        for (var i = 0; i < 3; i++)
            Assert.That((await host.PostAsync("/notifications", request)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(host.Services.GetRequiredService<Completions>().Expected, Is.Zero);
    }
}
