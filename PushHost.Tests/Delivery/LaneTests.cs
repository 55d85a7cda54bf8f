using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>No message waits behind another lane's or another app's.</summary>
[OnBothDatabases]
public class LaneTests
{
    [TestCase("""{"ids":[1]}""", Lane.Transactional)]
    [TestCase("""{"userIds":["u1"]}""", Lane.Transactional)]
    [TestCase("""{"ids":[1,2]}""", Lane.Normal)]
    [TestCase("""{"all":true}""", Lane.Bulk)]
    [TestCase("""{"tags":"sports"}""", Lane.Bulk)]
    public async Task Who_is_told_decides_the_lane_unless_it_is_given(string to, Lane expected)
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((await SendAsync("")).Lane, Is.EqualTo(expected));
        Assert.That((await SendAsync(""","lane":"normal" """)).Lane, Is.EqualTo(Lane.Normal));

        async Task<Notification> SendAsync(string more) =>
            (await host.PostAsync("/notifications", $$"""{"to":{{to}},"message":{"body":"Hi"}{{more}}}""")).As<Notification>();
    }

    [Test]
    public async Task A_one_to_one_message_is_not_behind_a_campaign_and_has_a_connection_of_its_own()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Delivery = new DeliverySettings { MaxInFlight = 2, StopTimeout = TimeSpan.FromSeconds(1) } });
        var devices = await host.RegisterManyAsync("apns", 50);
        // Every answer to the campaign takes longer than the whole test.
        foreach (var device in devices.Skip(1))
            host.Apns.FaultToken(device.RegistrationId!, Fault.NoAnswer());
        var campaign = await host.SendAsync(new { to = new { all = true }, message = new { body = "Sale" } });
        await host.Apns.Outbox.WaitForTotalAsync(3).WaitAsync(TestHost.Deadline, TimeProvider.System);

        var code = await host.CompletedAsync(await host.SendAsync("Your code", devices[0]));

        Assert.That(code.Counts.Accepted, Is.EqualTo(1));
        var pending = await TestHostRequests.Until(() => host.NotificationAsync(campaign.Id), notification => notification.Counts.Accepted == 1);
        Assert.That(pending.Counts.Pending, Is.EqualTo(49));
        Assert.That(host.Apns.Stats.ConnectionsOpened, Is.EqualTo(2));
    }

    [Test]
    public async Task An_app_is_not_behind_another_apps_campaign()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            Delivery = new DeliverySettings { MaxInFlight = 2, StopTimeout = TimeSpan.FromSeconds(1) },
            SecondApp = "other",
        });
        foreach (var device in await host.RegisterManyAsync("apns", 50))
            host.Apns.FaultToken(device.RegistrationId!, Fault.NoAnswer());
        var others = await host.RegisterAsync("apns", members: new { appId = "other" });
        await host.SendAsync(new { to = new { all = true }, message = new { body = "Sale" } });
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        var sent = await host.SendAsync(new { appId = "other", to = new { all = true }, message = new { body = "News" } });

        sent = await TestHostRequests.Until(
            async () => (await host.GetAsync($"/notifications/{sent.Id}?appId=other")).As<Notification>(), notification => notification.State == NotificationState.Completed);
        Assert.That(sent.Counts, Has.Property("Accepted").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That(host.Apns.Outbox.Entries[^1].Token, Is.EqualTo(others.RegistrationId));
    }

    [Test]
    public async Task A_paced_campaign_takes_the_time_it_was_given()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("gcm", 60);

        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Slowly" }, perMinute = 60 });
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Planned);

        var start = host.Now;
        while ((await host.NotificationAsync(sent.Id)).State != NotificationState.Completed)
        {
            // A request that is under way must not meet its deadline on the faked clock.
            await host.AnsweredAsync();
            Assert.That(host.Fcm.Outbox.Total, Is.LessThanOrEqualTo((host.Now - start).TotalSeconds + 1));
            host.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.That(host.Fcm.Outbox.Total, Is.EqualTo(60));
        Assert.That(host.Now - start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(59)));
    }

    [Test]
    public async Task Whom_the_pace_does_not_reach_in_the_message_s_time_expires_with_it()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterManyAsync("gcm", 3);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Slowly" }, perMinute = 1, ttl = "PT90S" });
        await host.Fcm.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);
        await host.AnsweredAsync();

        host.Advance(TimeSpan.FromSeconds(61));
        await host.Fcm.Outbox.WaitForTotalAsync(2).WaitAsync(TestHost.Deadline, TimeProvider.System);
        await host.AnsweredAsync();
        host.Advance(TimeSpan.FromSeconds(30));

        var completed = await host.CompletedAsync(sent);
        Assert.That(completed.Counts, Has.Property("Accepted").EqualTo(2).And.Property("Expired").EqualTo(1));
        Assert.That(host.Fcm.Outbox.Total, Is.EqualTo(2));
    }
}
