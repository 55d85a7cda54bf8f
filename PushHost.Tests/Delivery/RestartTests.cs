using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>What was accepted is sent, whatever happens to the process.</summary>
[OnBothDatabases]
public class RestartTests
{
    private static readonly TestHostOptions StopsQuickly = new()
    {
        FakeTime = true,
        Delivery = new DeliverySettings { StopTimeout = TimeSpan.FromMilliseconds(200), HostTimeout = TimeSpan.FromSeconds(3) },
    };

    [Test]
    public async Task A_stop_in_the_middle_of_sending_loses_nobody()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        var devices = await host.RegisterManyAsync("apns", 150);
        // The first answers: a connection to APNs carries one request until it has been answered well, and more with every good answer.
        foreach (var device in devices.Skip(120))
            host.Apns.FaultToken(device.RegistrationId!, Fault.NoAnswer(), times: 1);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await host.Apns.Outbox.WaitForTotalAsync(150).WaitAsync(TestHost.Deadline, TimeProvider.System);

        await host.RestartAsync();

        await AssertAllAccepted(host, sent, 150);
        Assert.That(host.Apns.Outbox.Total, Is.InRange(180, 300));
    }

    [Test]
    public async Task A_stop_records_what_the_gateway_has_answered()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        var answering = await host.RegisterAsync("apns");
        var silent = await host.RegisterAsync("apns");
        host.Apns.FaultToken(silent.RegistrationId!, Fault.NoAnswer());
        var sent = await host.SendAsync("Hi", silent, answering);
        await host.Apns.Outbox.WaitForTotalAsync(2).WaitAsync(TestHost.Deadline, TimeProvider.System);

        await host.RestartAsync();

        Assert.That((await host.DeliveriesAsync(sent)).Select(delivery => (delivery.Device, delivery.Outcome)), Is.EqualTo(new[]
        {
            (answering.Id, DeliveryOutcome.Accepted), (silent.Id, DeliveryOutcome.Pending),
        }));
    }

    [Test]
    public async Task After_a_crash_only_those_without_a_recorded_verdict_repeat_and_under_the_same_id()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        const int Each = 10;
        var first = (await host.RegisterManyAsync("apns", Each))[0];
        await host.RegisterManyAsync("gcm", Each);
        // A connection to APNs carries one request until it has been answered well.
        await host.CompletedAsync(await host.SendAsync(new { to = new { ids = new[] { first.Id } }, message = new { body = "First" }, lane = "bulk" }));
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Accepted == Each);
        await host.Apns.Outbox.WaitForTotalAsync(1 + Each).WaitAsync(TestHost.Deadline, TimeProvider.System);

        host.Apns.ClearFaults();
        await host.CrashAsync();

        await AssertAllAccepted(host, sent, 2 * Each);
        Assert.That(host.Fcm.Outbox.Total, Is.EqualTo(Each));
        var ids = host.Apns.Outbox.Entries.Skip(1).Select(entry => entry.Header("apns-id")).ToList();
        Assert.That(ids, Has.Count.EqualTo(2 * Each));
        Assert.That(ids.Distinct().ToList(), Has.Count.EqualTo(Each));
    }

    [Test]
    public async Task A_crash_right_after_the_answer_loses_nobody()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        await host.RegisterManyAsync("apns", 5);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });

        await host.CrashAsync();

        await AssertAllAccepted(host, sent, 5);
    }

    [Test]
    public async Task A_retry_that_fell_due_while_the_host_was_away_is_sent_after_the_start()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await host.SendAsync("Hi", device);
        await host.RetryingAsync(sent, attempts: 1);

        await host.StopAsync();
        host.Advance(TimeSpan.FromHours(1));
        await host.StartAgainAsync();

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Who_may_have_been_reached_before_a_crash_that_outlasts_the_message_ends_unknown_and_not_expired()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = (await host.PostAsync($"/devices/{device.Id}/send", new { body = "Hi", ttl = "PT1H" })).As<Notification>();
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        await host.Storage.CrashAsync();
        await host.StopAsync();
        host.Advance(TimeSpan.FromHours(2));
        await host.StartAgainAsync();
        await host.CompletedAsync(sent);

        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Unknown).And.Property("Reason").EqualTo("leaseLapsed"));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    private static async Task AssertAllAccepted(TestHost host, Notification sent, int count)
    {
        var completed = await host.CompletedAsync(sent);
        Assert.That(completed.Counts, Has.Property("Accepted").EqualTo(count).And.Property("Total").EqualTo(count));
        Assert.That((await host.DeliveriesAsync(sent)).Select(delivery => delivery.Device).Distinct().ToList(), Has.Count.EqualTo(count));
    }
}
