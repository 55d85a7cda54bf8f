using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>What is tried again, and when. All on faked time.</summary>
[OnBothDatabases]
public class RetryTests
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(90);

    private static IEnumerable<TestCaseData> Refusals() =>
    [
        new TestCaseData("apns", ApnsFault.TooManyRequests(RetryAfter), "TooManyRequests"),
        new TestCaseData("apns", ApnsFault.ServiceUnavailable(RetryAfter), "ServiceUnavailable"),
        new TestCaseData("gcm", FcmFault.QuotaExceeded(RetryAfter), "QUOTA_EXCEEDED"),
        new TestCaseData("gcm", FcmFault.Unavailable(RetryAfter), "UNAVAILABLE"),
    ];

    [TestCaseSource(nameof(Refusals))]
    public async Task What_a_gateway_cannot_take_now_is_sent_again_when_it_says_and_not_before(string provider, Fault fault, string reason)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync(provider);
        Gateway(host, provider).FaultToken(device.RegistrationId!, fault, times: 1);
        var refusedAt = host.Now;

        var sent = await host.SendAsync("Hi", device);
        var pending = await host.RetryingAsync(sent, attempts: 1);

        Assert.That(pending.Reason, Is.EqualTo(reason));
        Assert.That(DueAt(host, sent), Is.EqualTo(refusedAt + RetryAfter));
        host.Advance(RetryAfter - TimeSpan.FromMilliseconds(1));
        host.Advance(TimeSpan.FromMilliseconds(1));
        var completed = await host.CompletedAsync(sent);
        Assert.That(completed.Counts.Accepted, Is.EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Attempts, Is.EqualTo(2));
        Assert.That(Gateway(host, provider).Outbox.Entries[1].Time, Is.GreaterThanOrEqualTo(refusedAt + RetryAfter));
    }

    [Test]
    public async Task An_attempt_keeps_its_id_and_tells_the_time_that_is_left()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var apple = await host.RegisterAsync("apns");
        var android = await host.RegisterAsync("gcm");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(RetryAfter), times: 1);
        host.Fcm.FaultToken(android.RegistrationId!, FcmFault.Error("INTERNAL", RetryAfter), times: 1);
        var sent = await host.SendAsync(new { to = new { ids = new[] { apple.Id, android.Id } }, message = new { body = "Hi" }, ttl = "PT10M" });
        await TestHostRequests.Until(() => host.DeliveriesAsync(sent), all => all.TrueForAll(delivery => delivery.Attempts == 1));
        await host.ReleasedAsync(sent);

        host.Advance(RetryAfter);
        await host.CompletedAsync(sent);

        var toApple = host.Apns.Outbox.Entries;
        Assert.That(toApple[1].Header("apns-id"), Is.EqualTo(toApple[0].Header("apns-id")));
        Assert.That(toApple[1].Header("apns-expiration"), Is.EqualTo(toApple[0].Header("apns-expiration")));
        Assert.That(host.Fcm.Outbox.Entries.Select(Ttl), Is.EqualTo(new[] { "600s", "510s" }));
    }

    [Test]
    public async Task Silence_is_tried_three_times_and_then_is_unknown()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.NoAnswer());

        var sent = await host.SendAsync("Hi", device);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await host.Apns.Outbox.WaitForTotalAsync(attempt).WaitAsync(TestHost.Deadline, TimeProvider.System);
            host.Advance(TimeSpan.FromSeconds(30));
            if (attempt == 3)
                break;
            await host.RetryingAsync(sent, attempt);
            host.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.That((await host.CompletedAsync(sent)).Counts, Has.Property("Unknown").EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Reason").EqualTo("no answer within 30 s").And.Property("Attempts").EqualTo(3));
        Assert.That(host.Number("SELECT silences FROM delivery WHERE notification = @p0", sent.Id), Is.EqualTo(3));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(3));
    }

    [Test]
    public async Task Only_silences_count_towards_an_outcome_that_nobody_knows()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromSeconds(5)), times: 3);
        host.Apns.FaultAll(Fault.NoAnswer(), times: 2);
        var sent = await host.SendAsync("Hi", device);

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await host.Apns.Outbox.WaitForTotalAsync(attempt).WaitAsync(TestHost.Deadline, TimeProvider.System);
            if (attempt > 3)
                host.Advance(TimeSpan.FromSeconds(30));
            await host.RetryingAsync(sent, attempt);
            host.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(6));
    }

    [Test]
    public async Task Without_a_time_to_live_there_is_one_attempt_and_silence_is_unknown_at_once()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.NoAnswer());

        var sent = await SendAsync(host, device, "PT0S");
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        host.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await host.CompletedAsync(sent)).Counts.Unknown, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Entries.Single().Header("apns-expiration"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_met_silence_and_runs_out_of_time_before_its_retry_is_unknown_and_not_expired()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = await SendAsync(host, device, "PT33S");
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        host.Advance(TimeSpan.FromSeconds(30));
        await host.RetryingAsync(sent, attempts: 1);

        host.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await host.CompletedAsync(sent)).Counts.Unknown, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [TestCase("PT0S")]
    [TestCase("PT90S")]
    public async Task What_may_only_be_sent_when_its_time_is_over_expires_with_the_gateway_s_reason(string ttl)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(RetryAfter));

        var sent = await host.CompletedAsync(await SendAsync(host, device, ttl));

        Assert.That(sent.Counts.Expired, Is.EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Reason").EqualTo("TooManyRequests").And.Property("Attempts").EqualTo(1));
    }

    [Test]
    public async Task What_expires_while_it_waits_for_its_retry_keeps_the_reason_of_its_last_attempt()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(RetryAfter));
        var sent = await SendAsync(host, device, "PT5M");
        await host.RetryingAsync(sent, attempts: 1);

        host.Advance(TimeSpan.FromMinutes(5));

        Assert.That((await host.CompletedAsync(sent)).Counts.Expired, Is.EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Reason").EqualTo("TooManyRequests").And.Property("Attempts").EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_credential_that_the_gateway_refuses_costs_no_attempt_and_no_row()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("TopicDisallowed"));
        var sent = await host.SendAsync("Hi", device);
        await TestHostRequests.Until(() => Task.FromResult(host.Log.Lines), lines => lines.Any(line => line.Text.Contains("TopicDisallowed", StringComparison.Ordinal)));
        await host.ReleasedAsync(sent);
        Assert.That(host.Number("SELECT COUNT(*) FROM delivery"), Is.Zero);
        Assert.That((await host.NotificationAsync(sent.Id)).Counts.Pending, Is.EqualTo(1));

        host.Apns.ClearFaults();
        host.Advance(TimeSpan.FromMinutes(1));

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_gateway_that_refuses_our_credential_until_the_time_is_over_is_the_reason_for_expiring()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("TopicDisallowed"));
        var sent = await SendAsync(host, device, "PT1M");
        await TestHostRequests.Until(() => Task.FromResult(host.Apns.Outbox.Total), total => total > 0);
        await host.ReleasedAsync(sent);

        host.Advance(TimeSpan.FromMinutes(1));

        Assert.That((await host.CompletedAsync(sent)).Counts.Expired, Is.EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Reason, Is.EqualTo("TopicDisallowed"));
    }

    private static Gateway Gateway(TestHost host, string provider) => provider == "apns" ? host.Apns : host.Fcm;

    private static Task<Notification> SendAsync(TestHost host, Device device, string ttl) =>
        host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, ttl });

    private static DateTimeOffset DueAt(TestHost host, Notification sent) =>
        DateTimeOffset.FromUnixTimeMilliseconds(host.Number("SELECT due_at FROM delivery WHERE notification = @p0", sent.Id));

    private static string? Ttl(OutboxEntry request) => (string?)JsonNode.Parse(request.Body.Span)!["message"]!["android"]!["ttl"];
}
