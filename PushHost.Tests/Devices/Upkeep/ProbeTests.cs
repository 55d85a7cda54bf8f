using System.Text;
using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Devices.Upkeep;

/// <summary>A prune may ask the gateway, and nobody's phone rings for it.</summary>
[OnBothDatabases]
public class ProbeTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Only_dead_tokens_are_pruned_and_nothing_is_delivered(bool legacy)
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = legacy });
        var alive = await host.RegisterAsync("gcm");
        var dead = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(dead.RegistrationId!, FcmFault.Unregistered());

        var dry = await PruneAsync(host, new { probe = true, dryRun = true });
        Assert.That((await host.DeviceAsync(dead.Id)).IsActive, Is.True);
        var report = await PruneAsync(host, new { probe = true });

        Assert.That((dry.Examined, dry.Deactivated), Is.EqualTo((2, 1)));
        Assert.That((report.Examined, report.Deactivated, report.Deleted, report.Undecided), Is.EqualTo((2L, 1L, 0L, 0L)));
        Assert.That(await host.DeviceAsync(dead.Id),
            Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("DeactivationReason").EqualTo(legacy ? "NotRegistered" : "UNREGISTERED"));
        Assert.That((await host.DeviceAsync(alive.Id)).IsActive, Is.True);
        Assert.That(host.Fcm.Outbox.Entries.Count(entry => entry.Outcome.IsAccepted), Is.Zero);
        Assert.That(host.Fcm.Outbox.Entries.Select(entry => Encoding.UTF8.GetString(entry.Body.Span)), Has.All.Contains(legacy ? "\"dry_run\":true" : "\"validate_only\":true"));
    }

    [Test]
    public async Task The_dead_are_deleted_on_request_and_the_merely_doubted_are_quarantined()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("gcm");
        var dead = await host.RegisterAsync("gcm");
        var doubted = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(dead.RegistrationId!, FcmFault.Unregistered());
        host.Fcm.FaultToken(doubted.RegistrationId!, FcmFault.InvalidToken());

        var report = await PruneAsync(host, new { probe = true, delete = true });

        Assert.That((report.Examined, report.Deactivated, report.Deleted), Is.EqualTo((3, 1, 1)));
        Assert.That((int)(await host.GetAsync($"/devices/{dead.Id}")).Status, Is.EqualTo(404));
        Assert.That(await host.DeviceAsync(doubted.Id), Has.Property("State").EqualTo(DeviceState.Quarantined).And.Property("DeactivationReason").EqualTo("INVALID_ARGUMENT"));
    }

    [Test]
    public async Task Nobody_is_doubted_where_the_gateway_takes_nobody()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterManyAsync("gcm", 5);
        host.Fcm.FaultAll(FcmFault.Error("SENDER_ID_MISMATCH"));

        var report = await PruneAsync(host, new { probe = true });

        Assert.That((report.Examined, report.Deactivated), Is.EqualTo((5, 0)));
    }

    [Test]
    public async Task Devices_whose_gateway_cannot_be_asked_are_left_alone()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns");

        var report = await PruneAsync(host, new { probe = true, delete = true });

        Assert.That((report.Examined, report.Deleted, host.Apns.Outbox.Total), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_gateway_that_has_no_word_at_first_is_asked_again()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var dead = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(dead.RegistrationId!, FcmFault.Error("INTERNAL"), times: 1);
        host.Fcm.FaultToken(dead.RegistrationId!, FcmFault.Unregistered());

        var pruning = PruneAsync(host, new { probe = true });
        await host.Fcm.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        await host.TickUntilAsync(() => pruning.IsCompleted);
        var report = await pruning;

        Assert.That((report.Deactivated, report.Undecided), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public async Task A_gateway_without_a_word_prunes_nobody()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("gcm");
        host.Fcm.FaultAll(FcmFault.Unavailable());

        var pruning = PruneAsync(host, new { probe = true, delete = true });
        await host.TickUntilAsync(() => pruning.IsCompleted);
        var report = await pruning;

        Assert.That((report!.Examined, report.Deleted, report.Undecided), Is.EqualTo((1L, 0L, 1L)));
    }

    [Test]
    public async Task What_is_off_is_only_deleted_where_the_gateway_agrees()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var wrong = await host.RegisterAsync("gcm");
        var dead = await host.RegisterAsync("gcm");
        foreach (var device in new[] { wrong, dead })
            host.Fcm.FaultToken(device.RegistrationId!, FcmFault.Unregistered(), times: device == wrong ? 1 : null);
        await host.CompletedAsync(await host.SendAsync("Hi", wrong, dead));
        host.Advance(TimeSpan.FromDays(30));

        var report = await PruneAsync(host, new { inactiveFor = "P30D", probe = true, delete = true });

        Assert.That((report.Examined, report.Deleted), Is.EqualTo((2, 1)));
        Assert.That((await host.DeviceAsync(wrong.Id)).State, Is.EqualTo(DeviceState.Inactive));
    }

    private static async Task<PruneReport> PruneAsync(TestHost host, object request) => (await host.PostAsync("/devices/prune", request)).As<PruneReport>();
}
