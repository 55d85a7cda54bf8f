using System.Net;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.Notifications;

/// <summary>A cancel stops what is not sent yet, wherever it is, and nothing else.</summary>
public class CancelTests
{
    [Test]
    public async Task A_scheduled_one_is_never_sent()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });

        var cancelled = await CancelAsync(host, sent);
        host.Advance(TimeSpan.FromHours(2));
        await host.CompletedAsync(await host.SendAsync("Other", device));

        Assert.That(cancelled, Has.Property("State").EqualTo(NotificationState.Cancelled).And.Property("CompletedAt").Not.Null);
        Assert.That(cancelled.Counts, Has.Property("Total").Zero.And.Property("Planned").True);
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_in_flight_ends_as_its_gateway_says_and_the_rest_is_suppressed()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Delivery = new DeliverySettings { MaxInFlight = 1 } });
        var devices = await host.RegisterManyAsync("apns", 5);
        host.Apns.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(500)));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        await CancelAsync(host, sent);
        var ended = await EndedAsync(host, sent);

        Assert.That(ended.State, Is.EqualTo(NotificationState.Cancelled));
        var reached = host.Apns.Outbox.Total;
        Assert.That(reached, Is.LessThan(5));
        Assert.That(ended.Counts, Has.Property("Accepted").EqualTo(reached).And.Property("Suppressed").EqualTo(5 - reached).And.Property("Total").EqualTo(5));
        var deliveries = await host.DeliveriesAsync(sent);
        Assert.That(deliveries.Select(delivery => delivery.Device), Is.EqualTo(devices.Select(device => device.Id)));
        Assert.That(
            deliveries.Where(delivery => delivery.Outcome == DeliveryOutcome.Suppressed),
            Has.All.Property("Reason").EqualTo("cancelled").And.All.Property("CompletedAt").Not.Null.And.Exactly((int)(5 - reached)).Items);
    }

    [Test]
    public async Task What_the_gateway_left_open_ends_unknown()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("apns", 3);
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        // A connection to APNs carries one request until it has been answered well.
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        await CancelAsync(host, sent);
        var meanwhile = await host.NotificationAsync(sent.Id);
        host.Advance(TimeSpan.FromSeconds(31));
        var ended = await EndedAsync(host, sent);

        Assert.That(meanwhile.State, Is.EqualTo(NotificationState.Sending));
        Assert.That(ended.Counts, Has.Property("Unknown").EqualTo(1).And.Property("Suppressed").EqualTo(2).And.Property("Pending").Zero);
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task Retries_stop_and_their_recipients_are_suppressed()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await host.SendAsync("Hi", device);
        await host.RetryingAsync(sent, attempts: 1);

        await CancelAsync(host, sent);
        var ended = await EndedAsync(host, sent);
        var delivery = await host.DeliveryAsync(sent);
        host.Advance(TimeSpan.FromHours(1));
        await host.CompletedAsync(await host.SendAsync("Other", device));

        Assert.That(ended.Counts, Has.Property("Suppressed").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That(delivery, Has.Property("Outcome").EqualTo(DeliveryOutcome.Suppressed).And.Property("Reason").EqualTo("cancelled").And.Property("Attempts").EqualTo(1));
        Assert.That((await host.DeliveriesAsync(sent, "outcome=pending")), Is.Empty);
        Assert.That((await host.DeliveriesAsync(sent, "outcome=suppressed&reason=cancelled")), Has.Count.EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(2));
    }

    [Test]
    public async Task A_gateway_that_rests_holds_up_no_cancel()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("InvalidProviderToken"));
        var sent = await host.SendAsync("Hi", device);
        await TestHostRequests.Until(
            () => host.GetAsync("/health/ready", key: null), answer => answer.Body.Contains("credentialRejected", StringComparison.Ordinal));
        await host.ReleasedAsync(sent);

        await CancelAsync(host, sent);
        var ended = await EndedAsync(host, sent);

        Assert.That(ended, Has.Property("State").EqualTo(NotificationState.Cancelled));
        Assert.That(ended.Counts, Has.Property("Suppressed").EqualTo(1).And.Property("Unknown").Zero);
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_has_ended_stays_as_it_is_and_cancelling_twice_is_the_same_as_once()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        var completed = await host.CompletedAsync(await host.SendAsync("Hi", device));
        var scheduled = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1) });
        var once = await CancelAsync(host, scheduled);
        host.Advance(TimeSpan.FromMinutes(1));

        var twice = await CancelAsync(host, scheduled);
        var late = await CancelAsync(host, completed);

        Assert.That(twice.CompletedAt, Is.EqualTo(once.CompletedAt));
        Assert.That(late, Has.Property("State").EqualTo(NotificationState.Completed).And.Property("CompletedAt").EqualTo(completed.CompletedAt));
        Assert.That(late.Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task In_the_middle_of_a_large_send_every_device_has_one_outcome_and_stays_listed()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Delivery = new DeliverySettings { MaxInFlight = 20 } });
        host.Apns.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(10)));
        host.Fcm.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(10)));
        var devices = await host.RegisterManyAsync("apns", 3000);
        devices.AddRange(await host.RegisterManyAsync("gcm", 3000));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Accepted > 100);

        await CancelAsync(host, sent);
        var ended = await EndedAsync(host, sent);
        await host.RestartAsync();

        var counts = ended.Counts;
        Assert.That(counts.Accepted, Is.EqualTo(host.Apns.Outbox.Total + host.Fcm.Outbox.Total));
        Assert.That(counts.Accepted + counts.Suppressed, Is.EqualTo(counts.Total));
        Assert.That(counts.Suppressed, Is.Positive);
        var seen = new List<ServiceModel.Delivery>();
        for (var page = await host.DeliveriesAsync(sent); page.Count > 0; page = await host.DeliveriesAsync(sent, $"take=1000&after={seen[^1].Device}"))
            seen.AddRange(page);
        Assert.That(seen.Count(delivery => delivery.Outcome == DeliveryOutcome.Accepted), Is.EqualTo(counts.Accepted));
        Assert.That(seen.Count(delivery => delivery is { Outcome: DeliveryOutcome.Suppressed, Reason: "cancelled" }), Is.EqualTo(counts.Suppressed));
        Assert.That(seen.Select(delivery => delivery.Device).Distinct().Count(), Is.EqualTo(counts.Total));
        var left = seen.Last(delivery => delivery.Outcome == DeliveryOutcome.Suppressed).Device;
        var ofDevice = (await host.GetAsync($"/devices/{left}/deliveries?include=total")).As<QueryResponse<ServiceModel.Delivery>>();
        Assert.That(ofDevice.Total, Is.EqualTo(1));
        Assert.That(ofDevice.Results.Single(), Has.Property("NotificationId").EqualTo(sent.Id).And.Property("Reason").EqualTo("cancelled"));
        var byReason = (await host.GetAsync($"/notifications/{sent.Id}/deliveries?reason=cancelled&include=total&take=1")).As<QueryResponse<ServiceModel.Delivery>>();
        Assert.That(byReason.Total, Is.EqualTo(counts.Suppressed));
        Assert.That((await host.NotificationAsync(sent.Id)).Counts, Has.Property("Total").EqualTo(counts.Total).And.Property("Suppressed").EqualTo(counts.Suppressed));
    }

    [Test]
    public async Task A_cancel_that_its_host_did_not_survive_is_carried_through_after_the_start()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await host.SendAsync("Hi", device);
        await host.RetryingAsync(sent, attempts: 1);
        await host.StopAsync();
        host.ChangeStopped("UPDATE notification SET cancelled_at = 1 WHERE id = @p0", sent.Id);

        await host.StartAgainAsync();

        Assert.That((await EndedAsync(host, sent)).State, Is.EqualTo(NotificationState.Cancelled));
    }

    [Test]
    public async Task Whoever_waits_for_the_outcome_hears_of_the_cancel()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        var waiting = host.PostAsync("/notifications", new { to = new { all = true }, message = new { body = "Hi" }, sendAt = host.Now.AddHours(1), wait = "PT30S" });
        var sent = (await TestHostRequests.Until(
            async () => (await host.GetAsync("/notifications?state=scheduled")).As<QueryResponse<Notification>>().Results, found => found.Count == 1))[0];

        await CancelAsync(host, sent);
        var answer = await waiting;

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.As<Notification>().State, Is.EqualTo(NotificationState.Cancelled));
    }

    [Test]
    public async Task Only_who_may_send_may_cancel_and_only_what_there_is()
    {
        await using var host = await TestHost.StartAsync();
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });

        Assert.That((await host.PostAsync($"/notifications/{sent.Id}/cancel", "", await host.KeyAsync("read"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await host.PostAsync($"/notifications/{sent.Id + 1}/cancel", "")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task<Notification> CancelAsync(TestHost host, Notification sent) =>
        (await host.PostAsync($"/notifications/{sent.Id}/cancel", "")).As<Notification>();

    private static Task<Notification> EndedAsync(TestHost host, Notification sent) =>
        TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.CompletedAt is not null);
}
