using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery.Tokens;

/// <summary>What gateways say about tokens, and what becomes of the devices.</summary>
[OnBothDatabases]
public class TokenVerdictTests
{
    [TestCase(1, false)]
    [TestCase(0, false)]
    [TestCase(-1, true)]
    public async Task A_token_that_APNs_calls_unregistered_is_dead_unless_the_phone_registered_since(int secondsAfterRegistration, bool staysActive)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Unregistered(host.Now.AddSeconds(secondsAfterRegistration)));
        host.Advance(TimeSpan.FromMinutes(1));

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Failed).And.Property("Reason").EqualTo("Unregistered"));
        var after = await host.DeviceAsync(device.Id);
        Assert.That(after.IsActive, Is.EqualTo(staysActive));
        Assert.That(after.DeactivationReason, Is.EqualTo(staysActive ? null : "Unregistered"));
        Assert.That(after.DeactivatedAt, Is.EqualTo(staysActive ? null : host.Now));
    }

    [Test]
    public async Task A_410_without_a_time_is_not_definite_and_the_device_is_doubted()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Rejected(410, "Unregistered"));

        await AssertFailed(host, device, "Unregistered", DeviceState.Quarantined);
    }

    [Test]
    public async Task A_token_that_FCM_calls_UNREGISTERED_is_dead()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, FcmFault.Unregistered());

        await AssertFailed(host, device, "UNREGISTERED", DeviceState.Inactive);
    }

    [Test]
    public async Task A_token_that_legacy_GCM_calls_NotRegistered_is_dead()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, LegacyFault.Error("NotRegistered"));

        await AssertFailed(host, device, "NotRegistered", DeviceState.Inactive);
    }

    [TestCase("BadDeviceToken")]
    [TestCase("DeviceTokenNotForTopic")]
    public async Task A_token_that_APNs_refuses_is_quarantined_and_the_phone_wakes_it(string reason)
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Reason(reason));

        await AssertFailed(host, device, reason, DeviceState.Quarantined);

        Assert.That((await host.RegisterAsync("apns", device.RegistrationId)).State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task A_topic_that_only_one_message_names_says_nothing_of_the_token()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Reason("DeviceTokenNotForTopic"));

        var sent = await host.CompletedAsync(await host.SendAsync(new
        {
            to = new { ids = new[] { device.Id } },
            message = new { body = "Hi", apns = new { headers = new Dictionary<string, string> { ["apns-topic"] = "com.example.pushhost.voip" } } },
        }));

        Assert.That(sent.Counts.Failed, Is.EqualTo(1));
        Assert.That((await host.DeviceAsync(device.Id)).State, Is.EqualTo(DeviceState.Active));
    }

    [TestCase("INVALID_ARGUMENT", false)]
    [TestCase("SENDER_ID_MISMATCH", false)]
    [TestCase("InvalidRegistration", true, DeviceState.Quarantined)]
    [TestCase("MismatchSenderId", true)]
    public async Task What_may_be_our_own_fault_is_no_verdict_over_a_token_while_nobody_took_the_message(
        string reason, bool legacy, DeviceState expected = DeviceState.Active)
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = legacy });
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, legacy ? LegacyFault.Error(reason) : FcmFault.Error(reason));

        await AssertFailed(host, device, reason, expected);
    }

    [TestCase("INVALID_ARGUMENT", false)]
    [TestCase("SENDER_ID_MISMATCH", false)]
    [TestCase("MismatchSenderId", true)]
    public async Task A_token_that_is_refused_what_another_took_is_quarantined(string reason, bool legacy)
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = legacy, FakeTime = true });
        var device = await host.RegisterAsync("gcm");
        var good = await host.RegisterAsync("gcm");
        // It is refused at a second attempt, when what became of the other is recorded.
        host.Fcm.FaultToken(device.RegistrationId!, legacy ? LegacyFault.Error("Unavailable") : FcmFault.Error("INTERNAL"), times: 1);
        host.Fcm.FaultToken(device.RegistrationId!, legacy ? LegacyFault.Error(reason) : FcmFault.Error(reason));

        var sent = await host.SendAsync("Hi", device, good);
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Accepted == 1);
        await host.ReleasedAsync(sent);
        host.Advance(TimeSpan.FromMinutes(1));
        await host.CompletedAsync(sent);

        Assert.That(await host.DeviceAsync(device.Id), Has.Property("State").EqualTo(DeviceState.Quarantined).And.Property("DeactivationReason").EqualTo(reason));
        Assert.That((await host.DeviceAsync(good.Id)).IsActive, Is.True);
    }

    [Test]
    public async Task Quarantine_is_never_over_what_a_caller_switched_off()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Reason("BadDeviceToken"));
        await host.CompletedAsync(await host.SendAsync("Hi", device));

        await host.CallAsync("PATCH", $"/devices/{device.Id}", new { isActive = false });
        var registered = await host.RegisterAsync("apns", device.RegistrationId);

        Assert.That(registered, Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("DeactivationReason").EqualTo("caller"));
    }

    [Test]
    public async Task A_dead_device_is_sent_nothing_until_it_registers_again()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Unregistered(host.Now), times: 1);
        await host.CompletedAsync(await host.SendAsync("one", device));

        var unseen = await host.CompletedAsync(await host.SendAsync("two", device));
        host.Advance(TimeSpan.FromSeconds(1));
        await host.RegisterAsync("apns", device.RegistrationId);
        var seen = await host.CompletedAsync(await host.SendAsync("three", device));

        Assert.That(unseen.Counts.Total, Is.Zero);
        Assert.That(seen.Counts.Accepted, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(2));
    }

    [Test]
    public async Task A_canonical_id_takes_the_token_s_place()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, LegacyFault.Canonical("new-token"));

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));
        await host.CompletedAsync(await host.SendAsync("again", device));

        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
        Assert.That((await host.DeviceAsync(device.Id)).RegistrationId, Is.EqualTo("new-token"));
        Assert.That(host.Fcm.Outbox.Entries.Select(entry => entry.Token), Is.EqualTo(new[] { device.RegistrationId, "new-token" }));
    }

    [Test]
    public async Task A_canonical_id_that_is_registered_already_retires_the_old_row()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var old = await host.RegisterAsync("gcm");
        var current = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(old.RegistrationId!, LegacyFault.Canonical(current.RegistrationId!));

        await host.CompletedAsync(await host.SendAsync("Hi", old, current));

        Assert.That(await host.DeviceAsync(old.Id), Has.Property("IsActive").EqualTo(false).And.Property("ReplacedBy").EqualTo(current.Id));
        Assert.That((await host.DeviceAsync(current.Id)).IsActive, Is.True);
    }

    [Test]
    public async Task Canonical_ids_of_one_multicast_each_take_their_own_token_s_place()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var moved = await host.RegisterAsync("gcm");
        var old = await host.RegisterAsync("gcm");
        var current = await host.RegisterAsync("gcm");
        var dead = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(moved.RegistrationId!, LegacyFault.Canonical("canonical-of-the-first"));
        host.Fcm.FaultToken(old.RegistrationId!, LegacyFault.Canonical(current.RegistrationId!));
        host.Fcm.FaultToken(dead.RegistrationId!, LegacyFault.Error("NotRegistered"));

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", moved, old, current, dead));

        Assert.That((sent.Counts.Accepted, sent.Counts.Failed), Is.EqualTo((3, 1)));
        Assert.That(await host.DeviceAsync(moved.Id), Has.Property("RegistrationId").EqualTo("canonical-of-the-first").And.Property("IsActive").EqualTo(true));
        Assert.That(await host.DeviceAsync(old.Id),
            Has.Property("ReplacedBy").EqualTo(current.Id).And.Property("DeactivationReason").EqualTo("replaced").And.Property("State").EqualTo(DeviceState.Inactive));
        Assert.That(await host.DeviceAsync(current.Id), Has.Property("IsActive").EqualTo(true).And.Property("ReplacedBy").Null);
        Assert.That((await host.DeviceAsync(dead.Id)).IsActive, Is.False);
    }

    [Test]
    public async Task A_canonical_id_wakes_the_row_that_a_gateway_had_put_to_rest()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var old = await host.RegisterAsync("gcm");
        var current = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(current.RegistrationId!, LegacyFault.Error("NotRegistered"), times: 1);
        await host.CompletedAsync(await host.SendAsync("one", current));
        host.Fcm.FaultToken(old.RegistrationId!, LegacyFault.Canonical(current.RegistrationId!));

        await host.CompletedAsync(await host.SendAsync("two", old));

        Assert.That((await host.DeviceAsync(old.Id)).ReplacedBy, Is.EqualTo(current.Id));
        Assert.That(await host.DeviceAsync(current.Id), Has.Property("IsActive").EqualTo(true).And.Property("DeactivationReason").Null);
    }

    private static async Task AssertFailed(TestHost host, Device device, string reason, DeviceState state)
    {
        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(sent.Counts, Has.Property("Failed").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Reason").EqualTo(reason).And.Property("Attempts").EqualTo(1));
        var after = await host.DeviceAsync(device.Id);
        Assert.That((after.State, after.IsActive, after.DeactivationReason), Is.EqualTo((state, state == DeviceState.Active, state == DeviceState.Active ? null : reason)));
    }
}
