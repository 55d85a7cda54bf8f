using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>A claim that is long at work, as with a gateway that is slow: what was true when it was made need not be true for its last recipients.</summary>
[OnBothDatabases]
public class LongClaimTests
{
    // As long as a gateway that does not answer holds up the one request there may be.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(31);

    private static readonly TestHostOptions OneAtATime = new() { FakeTime = true, Delivery = new DeliverySettings { MaxInFlight = 1, HostTimeout = TimeSpan.FromSeconds(3) } };

    [Test]
    public async Task Nothing_is_started_after_the_message_s_time()
    {
        await using var host = await TestHost.StartAsync(OneAtATime);
        var devices = await host.RegisterManyAsync("apns", 3);
        var sent = await SendAsync(host, devices, "PT20S");

        host.Advance(Silence);
        var completed = await host.CompletedAsync(sent);

        Assert.That(completed.Counts, Has.Property("Unknown").EqualTo(1).And.Property("Expired").EqualTo(2));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_device_that_is_switched_off_meanwhile_is_not_sent_to()
    {
        await using var host = await TestHost.StartAsync(OneAtATime);
        var devices = await host.RegisterManyAsync("apns", 3);
        var sent = await SendAsync(host, devices, "PT1H");

        await host.PostAsync("/devices/unregister", new { provider = "apns", registrationId = devices[1].RegistrationId });
        host.Advance(Silence);
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Pending == 1);

        var deliveries = await host.DeliveriesAsync(sent);
        Assert.That(deliveries.Select(delivery => delivery.Outcome), Is.EqualTo(new[] { DeliveryOutcome.Pending, DeliveryOutcome.Suppressed, DeliveryOutcome.Accepted }));
        Assert.That(host.Apns.Outbox.Entries.Select(entry => entry.Token), Has.None.EqualTo(devices[1].RegistrationId));
    }

    [Test]
    public async Task A_quota_of_one_a_minute_reaches_everybody_in_time()
    {
        await using var host = await TestHost.StartAsync(OneAtATime with
        {
            Settings = new Dictionary<string, string> { ["Apps:default:Providers:apns:MaxPerMinute"] = "1" },
        });
        var devices = await host.RegisterManyAsync("apns", 3);
        var sent = await host.SendAsync(new { to = new { ids = devices.Select(device => device.Id) }, message = new { body = "Hi" } });

        var completed = await TestHostRequests.Until(
            () =>
            {
                host.Advance(TimeSpan.FromSeconds(5));
                Assert.That(host.Number("SELECT COALESCE(SUM(lapsed_at), 0) FROM batch"), Is.Zero);
                return host.NotificationAsync(sent.Id);
            },
            notification => notification.State == NotificationState.Completed);

        Assert.That(completed.Counts.Accepted, Is.EqualTo(3));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(3));
    }

    private static async Task<Notification> SendAsync(TestHost host, List<Device> devices, string ttl)
    {
        host.Apns.FaultToken(devices[0].RegistrationId!, Fault.NoAnswer(), times: 1);
        var sent = await host.SendAsync(new { to = new { ids = devices.Select(device => device.Id) }, message = new { body = "Hi" }, ttl });
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        return sent;
    }
}
