using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

[OnBothDatabases]
public class CountsTests
{
    [Test]
    public async Task The_counts_of_a_large_send_add_up_at_every_moment()
    {
        await using var host = await TestHost.StartAsync();
        var apple = await host.RegisterManyAsync("apns", 1500);
        var android = await host.RegisterManyAsync("gcm", 1500);
        foreach (var device in apple.Take(100))
            host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Unregistered(host.Now.AddDays(1) - TimeSpan.FromHours(1)));
        foreach (var device in android.Take(50))
            host.Fcm.FaultToken(device.RegistrationId!, FcmFault.Error("SENDER_ID_MISMATCH"));
        foreach (var device in android.Skip(50).Take(20))
            host.Fcm.FaultToken(device.RegistrationId!, FcmFault.Error("INTERNAL", TimeSpan.FromMinutes(10)));

        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, ttl = "PT1M" });
        var before = sent.Counts;
        var completed = await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification =>
        {
            var now = notification.Counts;
            Assert.That(now.Accepted + now.Failed + now.Expired + now.Suppressed + now.Unknown + now.Pending, Is.EqualTo(now.Total));
            Assert.That(now.Total, before.Planned ? Is.EqualTo(before.Total) : Is.GreaterThanOrEqualTo(before.Total));
            Assert.That(now.Accepted, Is.GreaterThanOrEqualTo(before.Accepted));
            Assert.That(now.Pending, Is.GreaterThanOrEqualTo(0));
            before = now;
            return notification.State == NotificationState.Completed;
        });

        Assert.That(completed.Counts, Has.Property("Total").EqualTo(3000).And.Property("Accepted").EqualTo(2830));
        Assert.That(completed.Counts, Has.Property("Failed").EqualTo(150).And.Property("Expired").EqualTo(20));
        Assert.That(host.Number("SELECT COUNT(*) FROM delivery WHERE notification = @p0 AND outcome = @p1", sent.Id, (int)DeliveryOutcome.Accepted), Is.EqualTo(2830));
        Assert.That(host.Apns.Outbox.Total + host.Fcm.Outbox.Total, Is.EqualTo(3000));
        Assert.That(host.Number("SELECT COUNT(*) FROM batch"), Is.Zero);
        Assert.That(host.Number("SELECT COUNT(*) FROM device WHERE state = @p0", (int)DeviceState.Inactive), Is.EqualTo(100));
    }

    [Test]
    public async Task An_audience_of_several_pages_is_told_whole_and_once()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterManyAsync("gcm", 2500);
        await host.RegisterManyAsync("apns", 2000);

        var sent = await host.CompletedAsync(await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } }));

        Assert.That(sent.Counts, Has.Property("Total").EqualTo(4500).And.Property("Accepted").EqualTo(4500));
        Assert.That(host.Fcm.Outbox.Entries.Select(entry => entry.Token).Distinct().Count(), Is.EqualTo(2500));
        Assert.That(host.Apns.Outbox.Entries.Select(entry => entry.Token).Distinct().Count(), Is.EqualTo(2000));
        Assert.That(host.Fcm.Outbox.Total + host.Apns.Outbox.Total, Is.EqualTo(4500));
    }

    [Test]
    public async Task When_a_device_last_took_a_message_is_noted_once_a_day()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        var first = host.Now;
        await host.CompletedAsync(await host.SendAsync("one", device));
        host.Advance(TimeSpan.FromHours(23));
        await host.CompletedAsync(await host.SendAsync("two", device));
        Assert.That((await host.DeviceAsync(device.Id)).LastAcceptedAt, Is.EqualTo(first));

        host.Advance(TimeSpan.FromHours(2));
        await host.CompletedAsync(await host.SendAsync("three", device));

        Assert.That((await host.DeviceAsync(device.Id)).LastAcceptedAt, Is.EqualTo(host.Now));
    }
}
