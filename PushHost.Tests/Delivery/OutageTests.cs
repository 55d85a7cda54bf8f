using System.Text.Json;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>What a gateway that is down, or refuses the credential, costs: nothing but time.</summary>
[OnBothDatabases]
public class OutageTests
{
    [Test]
    public async Task A_refused_credential_keeps_the_messages_raises_an_alarm_and_goes_on_when_it_works()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("InvalidProviderToken"));

        var sent = await host.SendAsync("Hi", device);
        var alarm = await TestHostRequests.Until(() => AlarmsAsync(host), alarms => alarms.Count > 0);

        Assert.That(alarm.Single(), Is.EqualTo("credentialRejected apns InvalidProviderToken"));
        Assert.That((await host.DeliveryAsync(sent)), Has.Property("Outcome").EqualTo(DeliveryOutcome.Pending).And.Property("Attempts").EqualTo(0));
        Assert.That(host.Number("SELECT COUNT(*) FROM delivery"), Is.Zero);

        host.Apns.ClearFaults();
        host.Advance(TimeSpan.FromSeconds(1));
        await host.CompletedAsync(sent);
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Accepted).And.Property("Attempts").EqualTo(1));
        Assert.That(await AlarmsAsync(host), Is.Empty);
    }

    [Test]
    public async Task While_one_credential_is_refused_the_others_go_on()
    {
        await using var host = await TestHost.StartAsync();
        var apple = await host.RegisterAsync("apns");
        var android = await host.RegisterAsync("gcm");
        host.Apns.FaultAll(ApnsFault.Reason("InvalidProviderToken"));
        await host.SendAsync("Hi", apple);
        await TestHostRequests.Until(() => AlarmsAsync(host), alarms => alarms.Count > 0);

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", android));

        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task An_outage_of_any_length_costs_no_rows_and_no_attempts_and_one_request_at_a_time_tries_whether_it_is_over()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("apns", 40);
        host.Apns.FaultAll(ApnsFault.Reason("InvalidProviderToken"));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await TestHostRequests.Until(() => AlarmsAsync(host), alarms => alarms.Count > 0);

        for (var tries = 0; tries < 20; tries++)
        {
            await host.ReleasedAsync(sent);
            var before = host.Apns.Outbox.Total;
            host.Advance(TimeSpan.FromSeconds(10));
            await TestHostRequests.Until(() => Task.FromResult(host.Apns.Outbox.Total), total => total > before);
            await host.ReleasedAsync(sent);
            Assert.That(host.Apns.Outbox.Total, Is.EqualTo(before + 1));
        }
        Assert.That(host.Number("SELECT COUNT(*) FROM delivery"), Is.Zero);

        host.Apns.ClearFaults();
        host.Advance(TimeSpan.FromSeconds(10));
        sent = await host.CompletedAsync(sent);
        Assert.That(sent.Counts.Accepted, Is.EqualTo(40));
        Assert.That((await host.DeliveriesAsync(sent)).Select(delivery => delivery.Attempts), Is.All.EqualTo(1));
    }

    [Test]
    public async Task A_message_whose_time_ends_while_its_gateway_rests_expires_with_the_gateways_word()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("InvalidProviderToken"));
        var sent = await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, ttl = "PT0.5S" });
        await TestHostRequests.Until(() => AlarmsAsync(host), alarms => alarms.Count > 0);
        await host.ReleasedAsync(sent);

        host.Advance(TimeSpan.FromMilliseconds(600));
        await host.CompletedAsync(sent);

        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Expired).And.Property("Reason").EqualTo("InvalidProviderToken"));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task Now_or_never_is_never_while_the_gateway_rests()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("InvalidProviderToken"));
        await host.SendAsync("Hi", device);
        await TestHostRequests.Until(() => AlarmsAsync(host), alarms => alarms.Count > 0);

        var sent = await host.CompletedAsync(await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Now" }, ttl = "PT0S" }));

        Assert.That(sent.Counts.Expired, Is.EqualTo(1));
    }

    [Test]
    public async Task A_gateway_that_answers_slowly_costs_no_lease()
    {
        var lease = new DeliverySettings { MaxInFlight = 1, StopTimeout = TimeSpan.FromSeconds(1) };
        await using var host = await TestHost.StartAsync(new TestHostOptions { FakeTime = true, Delivery = lease });
        // Less than what a lease has to spare between its half and the deadline of a request.
        var slowness = TimeSpan.FromSeconds(10);
        foreach (var device in await host.RegisterManyAsync("apns", 14))
            host.Apns.FaultToken(device.RegistrationId!, Fault.Slow(slowness));
        var start = host.Now;
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });

        for (var reached = 1; reached <= 14; reached++)
        {
            await host.Apns.Outbox.WaitForTotalAsync(reached).WaitAsync(TestHost.Deadline, TimeProvider.System);
            await TestHostRequests.Until(
                () => Task.FromResult(host.Number("SELECT due_at FROM batch")), until => until.ToTime() - host.Now >= lease.Lease / 2);
            Assert.That(host.Number("SELECT lapsed_at FROM batch"), Is.Zero);
            host.Advance(slowness);
        }

        await host.CompletedAsync(sent);
        Assert.That(host.Now - start, Is.GreaterThan(lease.Lease));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(14));
    }

    private static async Task<List<string>> AlarmsAsync(TestHost host)
    {
        var ready = JsonDocument.Parse((await host.GetAsync("/health/ready", key: null)).Body).RootElement;
        return ready.TryGetProperty("alarms", out var alarms)
            ? [.. alarms.EnumerateArray().Select(alarm => $"{alarm.GetProperty("name").GetString()} {alarm.GetProperty("provider").GetString()} {alarm.GetProperty("reason").GetString()}")]
            : [];
    }
}
