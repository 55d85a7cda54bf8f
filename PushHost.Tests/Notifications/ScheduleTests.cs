using System.Globalization;
using System.Net;
using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Notifications;

/// <summary>A send for later: stored now, sent at its time to whom it reaches then.</summary>
public class ScheduleTests
{
    [Test]
    public async Task It_waits_for_its_time_and_reaches_who_is_there_then()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        var gone = await host.RegisterAsync("apns");
        var sendAt = host.Now.AddHours(1);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt });
        var newcomer = await host.RegisterAsync("gcm");
        await host.CallAsync("DELETE", $"/devices/{gone.Id}");

        host.Advance(TimeSpan.FromMinutes(59));
        var before = await host.NotificationAsync(sent.Id);
        host.Advance(TimeSpan.FromMinutes(1));
        var completed = await host.CompletedAsync(sent);

        Assert.That(sent, Has.Property("State").EqualTo(NotificationState.Scheduled).And.Property("SendAt").EqualTo(sendAt));
        Assert.That(sent.Counts, Has.Property("Planned").False.And.Property("Total").Zero);
        Assert.That(before.State, Is.EqualTo(NotificationState.Scheduled));
        Assert.That(completed.Counts, Has.Property("Accepted").EqualTo(2).And.Property("Total").EqualTo(2));
        Assert.That(completed.StartedAt, Is.GreaterThanOrEqualTo(sendAt));
        Assert.That((await host.DeliveriesAsync(sent)).Select(delivery => delivery.Device), Contains.Item(newcomer.Id).And.Not.Contains(gone.Id));
    }

    [Test]
    public async Task Its_time_may_come_while_the_host_is_away()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        var sent = await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });

        await host.StopAsync();
        host.Advance(TimeSpan.FromHours(2));
        await host.StartAgainAsync();

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task A_restart_before_its_time_does_not_send_it()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var later = await host.RegisterAsync("apns");
        var now = await host.RegisterAsync("apns");
        var sent = await host.SendAsync(new { to = new { ids = new[] { later.Id } }, message = new { body = "Later" }, sendAt = host.Now.AddHours(1) });

        await host.RestartAsync();
        await host.CompletedAsync(await host.SendAsync("Now", now));

        Assert.That((await host.NotificationAsync(sent.Id)).State, Is.EqualTo(NotificationState.Scheduled));
        Assert.That(host.Apns.Outbox.Entries.Single().Token, Is.EqualTo(now.RegistrationId));
    }

    [Test]
    public async Task Its_ttl_begins_with_its_time()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        var sendAt = host.Now.AddDays(40);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt, ttl = "PT1H" });

        host.Advance(TimeSpan.FromDays(40));
        await host.CompletedAsync(sent);

        var until = sendAt.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.That(host.Apns.Outbox.Entries.Single().Header("apns-expiration"), Is.EqualTo(until));
    }

    [Test]
    public async Task With_a_ttl_of_nothing_it_is_tried_once_at_its_time()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(1)), times: 1);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1), ttl = "PT0S" });

        host.Advance(TimeSpan.FromHours(1));

        Assert.That((await host.CompletedAsync(sent)).Counts.Expired, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Entries.Single().Header("apns-expiration"), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_time_that_is_over_is_now()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns");

        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddDays(-2), ttl = "PT1H" });

        Assert.That(sent.SendAt, Is.Null);
        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task To_a_user_it_reaches_the_phone_the_user_has_then_and_no_longer_the_one_that_was_given_away()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var old = await host.RegisterAsync("apns", members: new { userId = "ann" });
        var second = await host.RegisterAsync("gcm", members: new { userId = "bob" });
        var sent = await host.SendAsync(new { to = new { userIds = new[] { "ann" } }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });
        await host.RegisterAsync("apns", old.RegistrationId, new { userId = "bob" });
        await host.RegisterAsync("gcm", second.RegistrationId, new { userId = "ann" });

        host.Advance(TimeSpan.FromHours(1));
        var completed = await host.CompletedAsync(sent);

        Assert.That(completed.Counts, Has.Property("Total").EqualTo(1).And.Property("Accepted").EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Device, Is.EqualTo(second.Id));
    }

    [Test]
    public async Task What_no_gateway_could_take_is_refused_when_it_is_accepted()
    {
        await using var host = await TestHost.StartAsync();
        var rows = host.Rows();

        var answer = await host.PostAsync("/notifications", new { to = new { all = true }, message = new { body = new string('x', 5000) }, sendAt = host.Now.AddHours(1) });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Code, Is.EqualTo("PayloadTooLarge"));
        Assert.That(host.Rows(), Is.EqualTo(rows));
    }

    [TestCase(366, null, "Range sendAt")]
    [TestCase(3650, 3651, "Range sendAt", "Range expiresAt")]
    [TestCase(10, 9, "Range expiresAt")]
    [TestCase(10, 39, "Range expiresAt")]
    [TestCase(10, 38)]
    [TestCase(365, null)]
    public async Task Its_times_must_fit_together(int sendAt, int? expiresAt, params string[] faults)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();

        var answer = await host.PostAsync("/notifications", new
        {
            to = new { all = true },
            message = new { body = "Hi" },
            sendAt = host.Now.AddDays(sendAt),
            expiresAt = expiresAt is { } days ? host.Now.AddDays(days) : (DateTimeOffset?)null,
        });

        Assert.That(answer.Status, Is.EqualTo(faults.Length == 0 ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest));
        if (faults.Length > 0)
            Assert.That(answer.Fields, Is.EquivalentTo(faults));
    }

    [Test]
    public async Task The_last_day_of_the_calendar_is_a_fault_and_no_accident()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.PostAsync("/notifications", new { to = new { all = true }, message = new { body = "Hi" }, sendAt = "9999-12-31T23:59:59Z", ttl = "P1D" });

        Assert.That(answer.Fields, Is.EqualTo(new[] { "Range sendAt" }));
    }
}
