using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Delivery;

/// <summary>What gateways say about tokens, and what becomes of the devices.</summary>
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
    public async Task A_410_without_a_time_is_not_definite()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Rejected(410, "Unregistered"));

        await AssertFailed(host, device, "Unregistered", staysActive: true);
    }

    [Test]
    public async Task A_token_that_FCM_calls_UNREGISTERED_is_dead()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, FcmFault.Unregistered());

        await AssertFailed(host, device, "UNREGISTERED", staysActive: false);
    }

    [Test]
    public async Task A_token_that_legacy_GCM_calls_NotRegistered_is_dead()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, LegacyFault.Error("NotRegistered"));

        await AssertFailed(host, device, "NotRegistered", staysActive: false);
    }

    [TestCase("apns", "BadDeviceToken")]
    [TestCase("apns", "DeviceTokenNotForTopic")]
    [TestCase("gcm", "INVALID_ARGUMENT")]
    [TestCase("gcm", "SENDER_ID_MISMATCH")]
    public async Task An_ambiguous_verdict_fails_the_message_and_leaves_the_device_alone(string provider, string reason)
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync(provider);
        if (provider == "apns")
            host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Reason(reason));
        else
            host.Fcm.FaultToken(device.RegistrationId!, FcmFault.Error(reason));

        await AssertFailed(host, device, reason, staysActive: true);
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

    private static async Task AssertFailed(TestHost host, Device device, string reason, bool staysActive)
    {
        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(sent.Counts, Has.Property("Failed").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Reason").EqualTo(reason).And.Property("Attempts").EqualTo(1));
        Assert.That((await host.DeviceAsync(device.Id)).IsActive, Is.EqualTo(staysActive));
    }
}
