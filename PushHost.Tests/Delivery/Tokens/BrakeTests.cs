using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;
using PushHost.Wire;

namespace PushHost.Tests.Delivery.Tokens;

/// <summary>A send that would switch off an abnormal share of its audience stops doing so, and leaves the decision to an operator.</summary>
[OnBothDatabases]
public class BrakeTests
{
    private static readonly TestHostOptions QuarterAndFour = new()
    {
        FakeTime = true,
        Delivery = new DeliverySettings { Brake = new BrakeSettings { Share = 0.25, MinCount = 4 }, StopTimeout = TimeSpan.FromSeconds(1) },
    };

    [TestCase(20, 5, 0)]
    [TestCase(20, 6, 1)]
    [TestCase(20, 20, 15)]
    [TestCase(8, 4, 0)]
    [TestCase(8, 5, 1)]
    public async Task No_more_than_the_share_is_switched_off_and_never_fewer_than_the_least_count(int audience, int dead, int held)
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var sent = await SendToDeadAsync(host, audience, dead);

        Assert.That(sent.Counts, Has.Property("Failed").EqualTo(dead).And.Property("Accepted").EqualTo(audience - dead));
        Assert.That((sent.Deactivated ?? 0, sent.HeldVerdicts ?? 0), Is.EqualTo(((long)(dead - held), (long)held)));
        Assert.That(host.Number("SELECT COUNT(*) FROM device WHERE state <> 1"), Is.EqualTo(dead - held));
        Assert.That((await VerdictsAsync(host, sent)).Results, Has.Count.EqualTo(held));
    }

    [Test]
    public async Task The_readiness_check_says_so_until_the_operator_has_decided()
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var sent = await SendToDeadAsync(host, 20, 8);
        Assert.That((await host.GetAsync("/health/ready")).Body, Does.Contain("massDeactivation").And.Contain($"notification {sent.Id} holds 3 verdicts"));

        await host.RestartAsync();
        await TestHostRequests.Until(() => host.GetAsync("/health/ready"), ready => ready.Body.Contains("massDeactivation"));
        (await host.PostAsync($"/notifications/{sent.Id}/verdicts/discard", new { })).As<VerdictReport>();

        Assert.That((await host.GetAsync("/health/ready")).Body, Does.Not.Contain("massDeactivation"));
    }

    [Test]
    public async Task Held_verdicts_are_applied_but_to_phones_that_have_registered_since()
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var sent = await SendToDeadAsync(host, 20, 8);
        var held = (await VerdictsAsync(host, sent)).Results;
        Assert.That(held, Has.All.Property("State").EqualTo(DeviceState.Inactive).And.All.Property("Reason").EqualTo("Unregistered").And.All.Property("HeldAt").EqualTo(host.Now));
        host.Advance(TimeSpan.FromHours(1));
        var alive = await host.DeviceAsync(held[0].Device);
        await host.RegisterAsync("apns", alive.RegistrationId);

        var report = (await host.PostAsync($"/notifications/{sent.Id}/verdicts/apply", new { })).As<VerdictReport>();

        Assert.That((report.Applied, report.Outlived), Is.EqualTo((2, 1)));
        Assert.That((await host.DeviceAsync(alive.Id)).IsActive, Is.True);
        Assert.That(await host.DeviceAsync(held[1].Device),
            Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("DeactivationReason").EqualTo("Unregistered").And.Property("DeactivatedAt").EqualTo(host.Now));
        Assert.That(await host.NotificationAsync(sent.Id), Has.Property("Deactivated").EqualTo(7).And.Property("HeldVerdicts").Null);
        Assert.That((await VerdictsAsync(host, sent)).Results, Is.Empty);
    }

    [Test]
    public async Task Discarded_verdicts_change_no_device()
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var sent = await SendToDeadAsync(host, 20, 8);

        var report = (await host.PostAsync($"/notifications/{sent.Id}/verdicts/discard", new { })).As<VerdictReport>();

        Assert.That((report.Applied, report.Discarded), Is.EqualTo((0, 3)));
        Assert.That(host.Number("SELECT COUNT(*) FROM device WHERE state <> 1"), Is.EqualTo(5));
        Assert.That((await host.NotificationAsync(sent.Id)).HeldVerdicts, Is.Null);
    }

    [Test]
    public async Task An_operator_may_decide_by_the_gateways_word()
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var sent = await SendToDeadAsync(host, 12, 6, index => index % 2 == 0 ? ApnsFault.Unregistered(host.Now) : ApnsFault.Reason("DeviceTokenNotForTopic"));
        var reasons = (await VerdictsAsync(host, sent)).Results.Select(verdict => verdict.Reason).ToList();
        Assert.That(reasons, Is.EqualTo(new[] { "Unregistered", "DeviceTokenNotForTopic" }).Or.EqualTo(new[] { "DeviceTokenNotForTopic", "Unregistered" }));

        await host.PostAsync($"/notifications/{sent.Id}/verdicts/apply", new { reason = "Unregistered" });

        var left = await VerdictsAsync(host, sent);
        Assert.That(left.Results.Single(), Has.Property("Reason").EqualTo("DeviceTokenNotForTopic").And.Property("State").EqualTo(DeviceState.Quarantined));
        Assert.That(left.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_verdict_that_would_change_nothing_is_not_held()
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var sent = await SendToDeadAsync(host, 20, 20, _ => ApnsFault.Unregistered(host.Now.AddHours(-1)));

        Assert.That((sent.Counts.Failed, sent.Deactivated, sent.HeldVerdicts), Is.EqualTo((20L, (long?)null, (long?)null)));
    }

    [TestCase("read")]
    [TestCase("send")]
    public async Task Only_an_operator_decides(string scope)
    {
        await using var host = await TestHost.StartAsync(QuarterAndFour);
        var key = await host.KeyAsync(scope);

        Assert.That((int)(await host.GetAsync("/notifications/1/verdicts", key)).Status, Is.EqualTo(403));
        Assert.That((int)(await host.PostAsync("/notifications/1/verdicts/apply", new { }, key)).Status, Is.EqualTo(403));
        Assert.That((int)(await host.PostAsync("/notifications/1/verdicts/discard", new { })).Status, Is.EqualTo(404));
    }

    private static async Task<Notification> SendToDeadAsync(TestHost host, int audience, int dead, Func<int, Fault>? fault = null)
    {
        var devices = new List<Device>();
        for (var i = 0; i < audience; i++)
            devices.Add(await host.RegisterAsync("apns"));
        for (var i = 0; i < dead; i++)
            host.Apns.FaultToken(devices[i].RegistrationId!, fault?.Invoke(i) ?? ApnsFault.Unregistered(host.Now));
        return await host.CompletedAsync(await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } }));
    }

    private static async Task<QueryResponse<HeldVerdict>> VerdictsAsync(TestHost host, Notification sent) =>
        (await host.GetAsync($"/notifications/{sent.Id}/verdicts?include=total")).As<QueryResponse<HeldVerdict>>();
}
