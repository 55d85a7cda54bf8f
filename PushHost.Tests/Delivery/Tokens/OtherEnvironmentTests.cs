using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery.Tokens;

/// <summary>A token that one APNs environment does not know may be good in the other, and is tried there before anything is said of the phone.</summary>
[OnBothDatabases]
public class OtherEnvironmentTests
{
    private static readonly TestHostOptions BothEnvironments = new() { Sandbox = true };

    [Test]
    public async Task A_token_of_the_other_environment_is_reached_there_and_its_place_is_remembered()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments);
        var device = await host.RegisterAsync("apns");
        BelongsToSandbox(host, device);

        var first = await host.CompletedAsync(await host.SendAsync("one", device));
        var second = await host.CompletedAsync(await host.SendAsync("two", device));

        Assert.That(first.Counts, Has.Property("Accepted").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That((await host.DeliveryAsync(first)).Attempts, Is.EqualTo(2));
        Assert.That((await host.DeliveryAsync(second)).Attempts, Is.EqualTo(1));
        Assert.That(await host.DeviceAsync(device.Id), Has.Property("Environment").EqualTo("sandbox").And.Property("IsActive").EqualTo(true));
        Assert.That((host.Apns.Outbox.Total, host.Sandbox.Outbox.Total), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_token_that_is_bad_in_both_is_quarantined_and_never_sent_to()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments);
        var device = await host.RegisterAsync("apns");
        host.Apns.MarkOtherEnvironment(device.RegistrationId!);

        var sent = await host.CompletedAsync(await host.SendAsync("one", device));
        var unseen = await host.CompletedAsync(await host.SendAsync("two", device));

        Assert.That(sent.Counts, Has.Property("Failed").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Reason").EqualTo("BadDeviceToken").And.Property("Attempts").EqualTo(2));
        Assert.That(await host.DeviceAsync(device.Id),
            Has.Property("State").EqualTo(DeviceState.Quarantined).And.Property("DeactivationReason").EqualTo("BadDeviceToken").And.Property("Environment").Null);
        Assert.That(unseen.Counts.Total, Is.Zero);
        Assert.That((host.Apns.Outbox.Total, host.Sandbox.Outbox.Total), Is.EqualTo((1, 1)));
    }

    [TestCase(false, TestName = "A_cancel_ends_whom_the_other_environment_was_not_asked_for_yet")]
    [TestCase(true, TestName = "A_cancel_ends_whom_the_other_environment_could_not_be_asked_for")]
    public async Task A_cancel_ends_what_waits_for_the_other_environment(bool claimed)
    {
        await using var host = await TestHost.StartAsync(BothEnvironments);
        var here = await host.RegisterAsync("apns");
        var there = await host.RegisterAsync("apns");
        BelongsToSandbox(host, there);
        host.Sandbox.FaultAll(ApnsFault.Reason("InvalidProviderToken"));
        if (!claimed)
        {
            var first = await host.RegisterAsync("apns", members: new { environment = "sandbox" });
            await host.SendAsync("the other environment rests from now on", first);
            await TestHostRequests.Until(() => Task.FromResult(host.Sandbox.Outbox.Total), total => total > 0);
        }
        var sent = await host.SendAsync("Hi", here, there);
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Accepted == 1);
        await TestHostRequests.Until(
            () => Task.FromResult(host.Number("SELECT COUNT(*) FROM batch WHERE notification = @p0 AND lane = 4", sent.Id)), trials => trials == 1);

        (await host.PostAsync($"/notifications/{sent.Id}/cancel", new { })).As<Notification>();
        var ended = await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.State == NotificationState.Cancelled);

        Assert.That(ended.Counts, Has.Property("Accepted").EqualTo(1).And.Property("Suppressed").EqualTo(1).And.Property("Total").EqualTo(2).And.Property("Pending").Zero);
        Assert.That(
            (await host.DeliveriesAsync(sent)).Select(delivery => (delivery.Device, delivery.Outcome)),
            Is.EqualTo(new[] { (here.Id, DeliveryOutcome.Accepted), (there.Id, DeliveryOutcome.Suppressed) }));
        Assert.That((await host.DeviceAsync(there.Id)).State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task Without_a_credential_for_the_other_environment_the_device_is_quarantined()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.MarkOtherEnvironment(device.RegistrationId!);

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Failed).And.Property("Attempts").EqualTo(1));
        Assert.That((await host.DeviceAsync(device.Id)).State, Is.EqualTo(DeviceState.Quarantined));
    }

    [Test]
    public async Task What_is_known_bad_is_not_tried_again_when_the_phone_registers()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments);
        var device = await host.RegisterAsync("apns");
        host.Apns.MarkOtherEnvironment(device.RegistrationId!);
        await host.CompletedAsync(await host.SendAsync("one", device));

        var again = await host.RegisterAsync("apns", device.RegistrationId);
        Assert.That(again, Has.Property("State").EqualTo(DeviceState.Active).And.Property("DeactivationReason").Null.And.Property("DeactivatedAt").Null);
        var sent = await host.CompletedAsync(await host.SendAsync("two", device));

        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Failed).And.Property("Attempts").EqualTo(1));
        Assert.That((await host.DeviceAsync(device.Id)).State, Is.EqualTo(DeviceState.Quarantined));
        Assert.That((host.Apns.Outbox.Total, host.Sandbox.Outbox.Total), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task A_new_token_was_never_refused_anywhere()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments);
        var device = await host.RegisterAsync("apns", members: new { deviceId = "phone" });
        host.Apns.MarkOtherEnvironment(device.RegistrationId!);
        await host.CompletedAsync(await host.SendAsync("one", device));

        var renewed = await host.RegisterAsync("apns", members: new { deviceId = "phone" });
        BelongsToSandbox(host, renewed);
        var sent = await host.CompletedAsync(await host.SendAsync("two", renewed));

        Assert.That(renewed.Id, Is.EqualTo(device.Id));
        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task A_phone_that_names_its_environment_during_the_trial_is_believed()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments with { FakeTime = true });
        var device = await host.RegisterAsync("apns");
        BelongsToSandbox(host, device);
        host.Sandbox.FaultAll(Fault.Slow(TimeSpan.FromSeconds(5)), times: 1);
        var sent = await host.SendAsync("Hi", device);
        await host.Sandbox.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        await host.RegisterAsync("apns", device.RegistrationId, new { environment = "production" });
        host.Advance(TimeSpan.FromSeconds(5));
        await host.CompletedAsync(sent);

        Assert.That((await host.DeviceAsync(device.Id)).Environment, Is.EqualTo("production"));
    }

    [Test]
    public async Task A_device_that_is_switched_off_before_its_trial_is_not_sent_to()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments with { FakeTime = true });
        var device = await host.RegisterAsync("apns");
        BelongsToSandbox(host, device);
        // The trial is put off, and what is put off is read again.
        host.Sandbox.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await host.SendAsync("Hi", device);
        await host.RetryingAsync(sent, attempts: 2);

        await host.CallAsync("PATCH", $"/devices/{device.Id}", new { isActive = false });
        host.Advance(TimeSpan.FromMinutes(6));
        var completed = await host.CompletedAsync(sent);

        Assert.That(completed.Counts, Has.Property("Suppressed").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Reason, Is.EqualTo("caller"));
        Assert.That(host.Sandbox.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_crash_between_refusal_and_trial_loses_nobody()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments with { FakeTime = true });
        var device = await host.RegisterAsync("apns");
        var other = await host.RegisterAsync("apns");
        BelongsToSandbox(host, device);
        host.Sandbox.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        var sent = await host.SendAsync("Hi", device, other);
        await TestHostRequests.Until(() => host.DeliveriesAsync(sent), deliveries => deliveries.Exists(delivery => delivery.Attempts == 2));
        await host.ReleasedAsync(sent);

        await host.CrashAsync();
        host.Advance(TimeSpan.FromMinutes(6));

        var completed = await host.CompletedAsync(sent);
        Assert.That(completed.Counts, Has.Property("Accepted").EqualTo(2).And.Property("Total").EqualTo(2));
        Assert.That((host.Apns.Outbox.Total, (await host.DeviceAsync(device.Id)).Environment), Is.EqualTo((2, "sandbox")));
    }

    [Test]
    public async Task Counts_add_up_while_many_are_moved_to_the_other_environment()
    {
        await using var host = await TestHost.StartAsync(BothEnvironments);
        var devices = await host.RegisterManyAsync("apns", 1200);
        foreach (var device in devices.Where((_, index) => index % 10 == 0))
            BelongsToSandbox(host, device);

        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        var completed = await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification =>
        {
            var now = notification.Counts;
            Assert.That(now.Accepted + now.Failed + now.Expired + now.Suppressed + now.Unknown + now.Pending, Is.EqualTo(now.Total));
            Assert.That(now.Total, now.Planned ? Is.EqualTo(1200) : Is.LessThanOrEqualTo(1200));
            return notification.State == NotificationState.Completed;
        });

        Assert.That(completed.Counts.Accepted, Is.EqualTo(1200));
        Assert.That(host.Sandbox.Stats.Accepted, Is.EqualTo(120));
        Assert.That(host.Number("SELECT COUNT(*) FROM device WHERE environment = 'sandbox'"), Is.EqualTo(120));
    }

    private static void BelongsToSandbox(TestHost host, Device device)
    {
        host.Apns.MarkOtherEnvironment(device.RegistrationId!);
        host.Sandbox.RegisterToken(device.RegistrationId!);
    }
}
