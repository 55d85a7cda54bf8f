using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Devices.Upkeep;

/// <summary>A prune does what it was asked and never more.</summary>
[OnBothDatabases]
public class PruneTests
{
    [Test]
    public async Task What_is_inactive_for_long_is_deleted_only_on_request()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns", members: new { tags = new[] { "a", "b" } });
        await SwitchOffAsync(host, device);
        host.Advance(TimeSpan.FromDays(30));

        var counted = await PruneAsync(host, new { inactiveFor = "P30D" });
        var dry = await PruneAsync(host, new { inactiveFor = "P30D", delete = true, dryRun = true });
        Assert.That(host.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(1));
        var deleted = await PruneAsync(host, new { inactiveFor = "P30D", delete = true });

        Assert.That((counted.Examined, counted.Deactivated, counted.Deleted), Is.EqualTo((1, 0, 0)));
        Assert.That((dry.Examined, dry.Deleted), Is.EqualTo((1, 1)));
        Assert.That((deleted.Examined, deleted.Deleted), Is.EqualTo((1, 1)));
        Assert.That(host.Number("SELECT COUNT(*) FROM device") + host.Number("SELECT COUNT(*) FROM device_tag"), Is.Zero);
    }

    [TestCase("/devices/prune", """{"notSeenFor":"P90D","provder":"apns","delete":true}""", "provder")]
    [TestCase("/devices/restore", """{"deactivatedSince":"2026-01-01","reasn":"BadDeviceToken"}""", "reasn")]
    [TestCase("/notifications/1/verdicts/apply", """{"reasn":"BadDeviceToken"}""", "reasn")]
    [TestCase("/notifications/1/verdicts/discard", """{"reasn":"BadDeviceToken"}""", "reasn")]
    [TestCase("/api/PruneDevices?provder=apns", """{"notSeenFor":"P90D","delete":true}""", "provder")]
    public async Task A_misspelt_condition_is_refused_and_does_not_mean_more_devices(string path, string body, string field)
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((await host.PostAsync(path, body)).Fields, Is.EqualTo(new[] { $"UnknownMember {field}" }));
    }

    [TestCase(29)]
    [TestCase(30)]
    public async Task The_time_is_counted_from_the_deactivation(int days)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Advance(TimeSpan.FromDays(100));
        await SwitchOffAsync(host, device);
        host.Advance(TimeSpan.FromDays(days));

        Assert.That((await PruneAsync(host, new { inactiveFor = "P30D", delete = true })).Deleted, Is.EqualTo(days < 30 ? 0 : 1));
    }

    [Test]
    public async Task A_phone_that_a_caller_muted_and_that_is_in_use_is_kept()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var muted = await host.RegisterAsync("apns", members: new { isActive = false });
        host.Advance(TimeSpan.FromDays(99));
        await host.RegisterAsync("apns", muted.RegistrationId);
        host.Advance(TimeSpan.FromDays(1));

        Assert.That((await PruneAsync(host, new { inactiveFor = "P30D", delete = true })).Examined, Is.Zero);
        Assert.That((await host.DeviceAsync(muted.Id)).DeactivationReason, Is.EqualTo("caller"));
    }

    [Test]
    public async Task What_was_not_seen_for_long_is_switched_off_and_wakes_when_it_registers()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var old = await host.RegisterAsync("apns");
        host.Advance(TimeSpan.FromDays(270));
        var current = await host.RegisterAsync("apns");

        Assert.That((await PruneAsync(host, new { notSeenFor = "P270D", dryRun = true })).Deactivated, Is.EqualTo(1));
        Assert.That((await host.DeviceAsync(old.Id)).IsActive, Is.True);
        var report = await PruneAsync(host, new { notSeenFor = "P270D" });

        Assert.That((report.Examined, report.Deactivated, report.Deleted, report.Undecided), Is.EqualTo((1L, 1L, 0L, (long?)null)));
        Assert.That(await host.DeviceAsync(old.Id),
            Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("DeactivationReason").EqualTo("notSeen").And.Property("DeactivatedAt").EqualTo(host.Now));
        Assert.That((await host.DeviceAsync(current.Id)).IsActive, Is.True);
        Assert.That((await host.RegisterAsync("apns", old.RegistrationId)).IsActive, Is.True);
    }

    [Test]
    public async Task Deleting_by_last_sight_means_what_is_off_too_and_one_provider_only_where_it_is_named()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var off = await host.RegisterAsync("apns");
        await SwitchOffAsync(host, off);
        await host.RegisterAsync("apns");
        var other = await host.RegisterAsync("gcm");
        host.Advance(TimeSpan.FromDays(10));

        Assert.That((await PruneAsync(host, new { notSeenFor = "P10D", provider = "apns", delete = true })).Deleted, Is.EqualTo(2));

        Assert.That((await host.DeviceAsync(other.Id)).IsActive, Is.True);
    }

    [Test]
    public async Task Both_times_together_prune_only_what_fulfils_both()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var active = await host.RegisterAsync("apns");
        var off = await host.RegisterAsync("apns");
        await SwitchOffAsync(host, off);
        host.Advance(TimeSpan.FromDays(40));

        var report = await PruneAsync(host, new { inactiveFor = "P30D", notSeenFor = "P30D", delete = true });

        Assert.That((report.Examined, report.Deleted), Is.EqualTo((1, 1)));
        Assert.That((await host.DeviceAsync(active.Id)).IsActive, Is.True);
    }

    [Test]
    public async Task A_device_that_was_imported_and_never_seen_counts_from_its_import()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("apns", 3);
        host.Advance(TimeSpan.FromDays(9));
        Assert.That((await PruneAsync(host, new { notSeenFor = "P10D" })).Examined, Is.Zero);
        host.Advance(TimeSpan.FromDays(1));

        Assert.That((await PruneAsync(host, new { notSeenFor = "P10D" })).Deactivated, Is.EqualTo(3));
    }

    [Test]
    public async Task Many_are_pruned_in_steps_that_say_where_to_go_on()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("apns", 1200);
        host.Advance(TimeSpan.FromDays(10));

        var first = await PruneAsync(host, new { notSeenFor = "P10D", delete = true, take = 700 });
        var second = await PruneAsync(host, new { notSeenFor = "P10D", delete = true, take = 700, after = first.Last });

        Assert.That((first.Deleted, first.Last, second.Deleted, second.Last), Is.EqualTo((700L, 700L, 500L, (long?)null)));
    }

    [TestCase("{}", "inactiveFor")]
    [TestCase("""{"delete":true}""", "inactiveFor")]
    [TestCase("""{"provider":"apns","probe":false}""", "inactiveFor")]
    [TestCase("""{"inactiveFor":"PT0S"}""", "inactiveFor")]
    [TestCase("""{"notSeenFor":"-P1D"}""", "notSeenFor")]
    [TestCase("""{"notSeenFor":"P100000D"}""", "notSeenFor")]
    [TestCase("""{"probe":true,"provider":"pigeon"}""", "provider")]
    public async Task A_prune_that_says_not_what_it_means_is_refused(string body, string field)
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.PostAsync("/devices/prune", body);

        Assert.That((int)answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.Contain($"\"fieldName\":\"{field}\""));
    }

    private static async Task SwitchOffAsync(TestHost host, Device device)
    {
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Unregistered(host.Now), times: 1);
        await host.CompletedAsync(await host.SendAsync("Hi", device));
    }

    private static async Task<PruneReport> PruneAsync(TestHost host, object request) => (await host.PostAsync("/devices/prune", request)).As<PruneReport>();
}
