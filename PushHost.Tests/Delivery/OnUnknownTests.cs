using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Delivery;

/// <summary>With <c>onUnknown: stop</c> nobody is told twice, and whoever may or may not have been told ends unknown.</summary>
public class OnUnknownTests
{
    private static readonly TestHostOptions StopsQuickly = new()
    {
        FakeTime = true,
        Delivery = new DeliverySettings { StopTimeout = TimeSpan.FromMilliseconds(200) },
    };

    [Test]
    public async Task Silence_is_not_followed_by_another_attempt()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = (await host.PostAsync($"/devices/{device.Id}/send", new { body = "Hi", onUnknown = "stop" })).As<Notification>();
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        host.Advance(TimeSpan.FromSeconds(31));

        Assert.That((await host.CompletedAsync(sent)).Counts.Unknown, Is.EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Unknown).And.Property("Attempts").EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_crash_who_has_no_recorded_verdict_is_not_sent_to_again()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        await host.RegisterManyAsync("apns", 3);
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = await SendAsync(host);
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        host.Apns.ClearFaults();

        await host.CrashAsync();
        var completed = await host.CompletedAsync(sent);

        Assert.That(completed.Counts, Has.Property("Unknown").EqualTo(3).And.Property("Total").EqualTo(3));
        Assert.That(await host.DeliveriesAsync(sent), Has.All.Property("Reason").EqualTo("leaseLapsed"));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_crash_a_recorded_retry_is_sent()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await SendAsync(host);
        await host.RetryingAsync(sent, attempts: 1);

        await host.CrashAsync();
        host.Advance(TimeSpan.FromMinutes(6));

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task A_retry_that_was_in_flight_at_a_crash_is_not_sent_again()
    {
        await using var host = await TestHost.StartAsync(StopsQuickly);
        await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await SendAsync(host);
        await host.RetryingAsync(sent, attempts: 1);
        host.Apns.FaultAll(Fault.NoAnswer());
        host.Advance(TimeSpan.FromMinutes(6));
        await host.Apns.Outbox.WaitForTotalAsync(2).WaitAsync(TestHost.Deadline, TimeProvider.System);
        host.Apns.ClearFaults();

        await host.CrashAsync();

        Assert.That((await host.CompletedAsync(sent)).Counts.Unknown, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(2));
    }

    [Test]
    public async Task What_a_stop_of_the_host_cuts_off_is_not_sent_again()
    {
        // One at a time, so that the second is not begun.
        await using var host = await TestHost.StartAsync(StopsQuickly with { Delivery = StopsQuickly.Delivery with { MaxInFlight = 1 } });
        await host.RegisterManyAsync("apns", 2);
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = await SendAsync(host);
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        host.Apns.ClearFaults();

        await host.RestartAsync();
        var completed = await host.CompletedAsync(sent);

        Assert.That(completed.Counts, Has.Property("Unknown").EqualTo(1).And.Property("Accepted").EqualTo(1), "who was not begun is sent to");
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(2));
    }

    [Test]
    public async Task Its_batches_are_small_so_that_a_lost_worker_leaves_few_unknown()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        host.Apns.FaultAll(Fault.NoAnswer());
        await host.RegisterManyAsync("apns", 250);

        await SendAsync(host);

        Assert.That(host.Number("SELECT COUNT(*) FROM batch"), Is.EqualTo(3));
        Assert.That(host.Number("SELECT MAX(total) FROM batch"), Is.EqualTo(100));
    }

    private static async Task<Notification> SendAsync(TestHost host)
    {
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, onUnknown = "stop" });
        return await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Planned);
    }
}
