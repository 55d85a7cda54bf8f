using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Devices.Upkeep;

/// <summary>Any deactivation can be undone.</summary>
[OnBothDatabases]
public class RestoreTests
{
    [Test]
    public async Task What_one_sends_verdicts_did_is_undone_in_one_call()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var (first, firstSend) = await DeadAsync(host, ApnsFault.Unregistered(host.Now));
        var (second, secondSend) = await DeadAsync(host, ApnsFault.Reason("BadDeviceToken"));

        var restored = await RestoreAsync(host, new { notificationId = secondSend.Id });

        Assert.That(restored, Is.EqualTo(1));
        Assert.That(await host.DeviceAsync(second.Id),
            Has.Property("State").EqualTo(DeviceState.Active).And.Property("DeactivationReason").Null.And.Property("DeactivatedAt").Null);
        Assert.That((await host.DeviceAsync(first.Id)).IsActive, Is.False);
        Assert.That((await RestoreAsync(host, new { notificationId = secondSend.Id }), await RestoreAsync(host, new { notificationId = firstSend.Id })), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_restored_device_is_sent_to()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var (device, _) = await DeadAsync(host, ApnsFault.Unregistered(host.Now), times: 1);
        await RestoreAsync(host, new { ids = new[] { device.Id } });

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task An_id_that_no_device_can_have_keeps_nobody_from_being_restored()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var (device, _) = await DeadAsync(host, ApnsFault.Unregistered(host.Now), times: 1);

        await RestoreAsync(host, new { ids = new[] { long.MinValue, device.Id, long.MaxValue } });

        Assert.That((await host.DeviceAsync(device.Id)).State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task Conditions_hold_together()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var (early, _) = await DeadAsync(host, ApnsFault.Reason("BadDeviceToken"));
        host.Advance(TimeSpan.FromHours(1));
        var since = host.Now;
        var (late, _) = await DeadAsync(host, ApnsFault.Reason("BadDeviceToken"));
        var (other, _) = await DeadAsync(host, ApnsFault.Unregistered(host.Now));

        Assert.That(await RestoreAsync(host, new { deactivatedSince = since, reason = "BadDeviceToken" }), Is.EqualTo(1));

        Assert.That((await host.DeviceAsync(late.Id)).IsActive, Is.True);
        Assert.That((await host.DeviceAsync(early.Id)).IsActive, Is.False);
        Assert.That((await host.DeviceAsync(other.Id)).IsActive, Is.False);
    }

    [Test]
    public async Task What_people_did_is_only_undone_by_its_id()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var muted = await host.RegisterAsync("apns", members: new { isActive = false });
        var left = await host.RegisterAsync("apns", members: new { userId = "ann" });
        await host.PostAsync("/devices/unregister", new { userId = "ann" });

        Assert.That(await RestoreAsync(host, new { deactivatedSince = host.Now.AddDays(-1) }), Is.Zero);
        Assert.That(await RestoreAsync(host, new { reason = "caller" }), Is.Zero);
        Assert.That(await RestoreAsync(host, new { ids = new[] { muted.Id, left.Id } }), Is.EqualTo(2));
        Assert.That((await host.DeviceAsync(muted.Id)).IsActive, Is.True);
    }

    [Test]
    public async Task A_restored_token_may_be_tried_in_every_environment_again()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Sandbox = true });
        var device = await host.RegisterAsync("apns");
        host.Apns.MarkOtherEnvironment(device.RegistrationId!);
        await host.CompletedAsync(await host.SendAsync("one", device));
        // It was our own fault: now the sandbox takes it.
        host.Sandbox.RegisterToken(device.RegistrationId!);
        await RestoreAsync(host, new { ids = new[] { device.Id } });

        var sent = await host.CompletedAsync(await host.SendAsync("two", device));

        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_are_restored_in_steps_that_say_where_to_go_on()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("apns", 1300);
        await host.ChangeAsync("UPDATE device SET state = @p0, reason = 'BadDeviceToken', state_since = 1", (int)DeviceState.Quarantined);

        var first = (await host.PostAsync("/devices/restore", new { reason = "BadDeviceToken", take = 1000 })).As<RestoreReport>();
        var second = (await host.PostAsync("/devices/restore", new { reason = "BadDeviceToken", after = first.Last, take = 1000 })).As<RestoreReport>();

        Assert.That((first.Restored, second.Restored), Is.EqualTo((1000, 300)));
        Assert.That((first.Last, second.Last), Is.EqualTo((1000L, (long?)null)));
        Assert.That(host.Number("SELECT COUNT(*) FROM device WHERE state <> 1"), Is.Zero);
    }

    [TestCase("{}", "ids")]
    [TestCase("""{"ids":[]}""", "ids")]
    [TestCase("""{"reason":""}""", "ids")]
    [TestCase("""{"reason":"x","take":0}""", "take")]
    public async Task A_restore_of_everything_or_nothing_is_refused(string body, string field)
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.PostAsync("/devices/restore", body);

        Assert.That((int)answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.Contain($"\"fieldName\":\"{field}\""));
    }

    [TestCase("/devices/restore")]
    [TestCase("/devices/prune")]
    public async Task Only_an_operator_may(string path)
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((int)(await host.PostAsync(path, new { ids = new[] { 1 }, probe = true }, await host.KeyAsync("devices", "send", "read"))).Status, Is.EqualTo(403));
    }

    private static async Task<(Device Device, Notification Sent)> DeadAsync(TestHost host, Fault fault, int? times = null)
    {
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, fault, times);
        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));
        Assert.That((await host.DeviceAsync(device.Id)).IsActive, Is.False);
        return (device, sent);
    }

    private static async Task<long> RestoreAsync(TestHost host, object request) => (await host.PostAsync("/devices/restore", request)).As<RestoreReport>().Restored;
}
