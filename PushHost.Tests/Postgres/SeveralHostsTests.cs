using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Postgres;

/// <summary>Several hosts on one database.</summary>
public sealed class SeveralHostsTests
{
    private static TestHostOptions OnPostgres => new() { Storage = PostgresStorage.New, Delivery = new() { StopTimeout = TimeSpan.FromSeconds(1) } };

    [Test]
    public async Task Two_hosts_send_to_every_device_once()
    {
        const int Devices = 5000;
        await using var first = await TestHost.StartAsync(OnPostgres);
        await using var second = await TestHost.StartBesideAsync(first);
        await first.RegisterManyAsync("apns", Devices);

        var sent = await first.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        var completed = await second.CompletedAsync(sent);

        Assert.That(completed.Counts, Has.Property("Accepted").EqualTo(Devices).And.Property("Total").EqualTo(Devices));
        Assert.That(first.Apns.Outbox.Total, Is.EqualTo(Devices));
    }

    [Test]
    public async Task What_a_host_leased_that_is_gone_is_taken_back_long_before_the_lease_lapses()
    {
        await using var host = await TestHost.StartAsync(OnPostgres with { Delivery = new() { HostTimeout = TimeSpan.FromSeconds(3) } });
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromHours(1)), times: 1);
        var sent = await host.SendAsync("Hi", device);
        await host.RetryingAsync(sent, attempts: 1);
        await host.ChangeAsync("UPDATE delivery SET due_at = 0");

        await host.ChangeAsync("UPDATE batch SET leased = 1, host = 1000000, lease_epoch = lease_epoch + 1, due_at = @p0", long.MaxValue);

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task A_host_that_stops_leaves_nothing_of_itself()
    {
        await using var host = await TestHost.StartAsync(OnPostgres);
        await using var second = await TestHost.StartBesideAsync(host);
        Assert.That(host.Number("SELECT COUNT(*) FROM host"), Is.EqualTo(2));

        await second.StopAsync();

        Assert.That(host.Number("SELECT COUNT(*) FROM host"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_waits_at_one_host_hears_what_another_completes()
    {
        await using var first = await TestHost.StartAsync(OnPostgres);
        await using var second = await TestHost.StartBesideAsync(first);
        using var waiter = first.Services.GetRequiredService<Completions>().Expect(4711);

        // The first may not listen yet: news are for those who do.
        var told = second.Services.GetRequiredService<Completions>();
        var heard = false;
        await TestHostRequests.Until(
            async () =>
            {
                told.Complete(4711);
                return heard = await waiter.WaitAsync(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            },
            done => done);

        Assert.That(heard, Is.True);
    }

    [Test]
    public async Task What_is_cancelled_at_one_host_is_stopped_at_the_others_at_once()
    {
        await using var first = await TestHost.StartAsync(OnPostgres with { FakeTime = true });
        var device = await first.RegisterAsync("apns");
        first.Apns.FaultAll(Fault.NoAnswer());
        var sent = await first.SendAsync("Hi", device);
        await first.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        await using var second = await TestHost.StartBesideAsync(first);

        await second.PostAsync($"/notifications/{sent.Id}/cancel", new { });

        // The clock stands still: what every host looks for now and then it has not looked for.
        var job = first.Services.GetRequiredService<Jobs>().Get(sent.Id);
        Assert.That(await TestHostRequests.Until(() => Task.FromResult(job.IsStopped), stopped => stopped), Is.True);
    }

    [Test]
    public async Task A_token_registered_at_two_hosts_at_once_is_one_device()
    {
        await using var first = await TestHost.StartAsync(OnPostgres);
        await using var second = await TestHost.StartBesideAsync(first);

        var devices = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var request = new { provider = "apns", registrationId = $"{i / 10:x8}", userId = $"u{i % 10}", deviceId = $"installation-{i / 10}" };
            return (await (i % 2 == 0 ? first : second).PostAsync("/devices", request)).As<Device>().Id;
        }));

        Assert.That(devices.Distinct().Count(), Is.EqualTo(20));
        Assert.That(first.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(20));
    }

    [Test]
    public async Task A_server_that_is_restarted_in_mid_send_loses_nobody()
    {
        const int Devices = 400;
        Component.Need("postgres");
        using var cluster = new PostgresCluster();
        await using var host = await TestHost.StartAsync(OnPostgres with
        {
            Storage = () => PostgresStorage.On(cluster),
            Delivery = new() { MaxInFlight = 20, HostTimeout = TimeSpan.FromSeconds(3) },
        });
        await host.RegisterManyAsync("apns", Devices);
        host.Apns.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(100)));
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await host.Apns.Outbox.WaitForTotalAsync(Devices / 4).WaitAsync(TestHost.Deadline, TimeProvider.System);

        cluster.Restart();
        host.Apns.ClearFaults();

        var completed = await TestHostRequests.Until(
            async () => await host.GetAsync($"/notifications/{sent.Id}") is { Status: HttpStatusCode.OK } answer ? answer.As<Notification>() : null,
            notification => notification?.State == NotificationState.Completed);
        Assert.That(completed!.Counts, Has.Property("Accepted").EqualTo(Devices).And.Property("Total").EqualTo(Devices));
        Assert.That(host.Number("SELECT COUNT(*) FROM delivery WHERE outcome = 2"), Is.EqualTo(Devices));
    }
}
