using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>What changes between accepting and sending. The gateway turns a first message away and rests, which keeps the second from being claimed.</summary>
[OnBothDatabases]
public class SuppressionTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_device_that_is_switched_off_meanwhile_is_not_sent_to()
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns");

        var sent = await SentWhileAsync(host, new { ids = new[] { device.Id } }, () => host.CallAsync("PATCH", $"/devices/{device.Id}", new { isActive = false }));

        await AssertSuppressed(host, sent, "caller");
    }

    [Test]
    public async Task A_device_that_is_deleted_meanwhile_is_not_sent_to()
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns");

        var sent = await SentWhileAsync(host, new { ids = new[] { device.Id } }, () => host.CallAsync("DELETE", $"/devices/{device.Id}"));

        await AssertSuppressed(host, sent, "deleted");
    }

    [Test]
    public async Task A_long_reason_is_cut_between_two_characters()
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns");
        var reason = new string('r', 199);
        var line = $$$"""{"provider":"apns","registrationId":"{{{device.RegistrationId}}}","isActive":false,"deactivationReason":"{{{reason}}}\uD83D\uDE00"}""";

        var sent = await SentWhileAsync(host, new { ids = new[] { device.Id } }, () => host.ImportAsync(line));

        await AssertSuppressed(host, sent, reason);
    }

    [Test]
    public async Task A_device_that_was_logged_out_meanwhile_is_not_sent_to()
    {
        await using var host = await StartAsync();
        await host.RegisterAsync("apns", members: new { userId = "u1" });

        var sent = await SentWhileAsync(host, new { userIds = new[] { "u1" } }, () => host.PostAsync("/devices/unregister", new { userId = "u1" }));

        await AssertSuppressed(host, sent, "logout");
    }

    [TestCase("u2", true)]
    [TestCase("u1", false)]
    public async Task What_was_meant_for_one_user_never_reaches_the_next(string nextUser, bool suppressed)
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns", members: new { userId = "u1" });

        var sent = await SentWhileAsync(host, new { ids = new[] { device.Id } }, () => host.RegisterAsync("apns", device.RegistrationId, new { userId = nextUser }));

        if (suppressed)
            await AssertSuppressed(host, sent, "otherOwner");
        else
            Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task A_list_too_long_to_plan_at_once_never_reaches_the_next_user_either()
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns", members: new { userId = "u1" });
        var ids = Enumerable.Range(1_000_000, BatchStore.MaxRecipients).Append((int)device.Id).ToArray();

        var sent = await SentWhileAsync(host, new { ids }, () => host.RegisterAsync("apns", device.RegistrationId, new { userId = "u2" }));

        await AssertSuppressed(host, sent, "otherOwner");
    }

    [Test]
    public async Task What_is_for_everybody_reaches_the_next_user_too()
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns", members: new { userId = "u1" });

        var sent = await SentWhileAsync(host, new { all = true }, () => host.RegisterAsync("apns", device.RegistrationId, new { userId = "u2" }));

        Assert.That(await host.DeliveriesAsync(sent), Has.One.Property("Device").EqualTo(device.Id).And.Property("Outcome").EqualTo(DeliveryOutcome.Accepted));
    }

    [Test]
    public async Task A_token_that_changes_meanwhile_is_the_one_that_is_sent_to()
    {
        await using var host = await StartAsync();
        var device = await host.RegisterAsync("apns", members: new { deviceId = "phone-1" });
        var token = TestHostRequests.NewToken("apns");

        var sent = await SentWhileAsync(host, new { ids = new[] { device.Id } }, () => host.RegisterAsync("apns", token, new { deviceId = "phone-1" }));

        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Entries[^1].Token, Is.EqualTo(token));
    }

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(new TestHostOptions
    {
        FakeTime = true,
    });

    private static async Task<Notification> SentWhileAsync(TestHost host, object to, Func<Task> change)
    {
        var first = await host.RegisterAsync("apns");
        host.Apns.FaultToken(first.RegistrationId!, ApnsFault.ServiceUnavailable(), times: 1);
        await host.RetryingAsync(await host.SendAsync("first", first), attempts: 1);
        var sent = await host.SendAsync(new { to, message = new { body = "Hi" } });
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Planned);

        await change();
        host.Advance(Rest);
        return await host.CompletedAsync(sent);
    }

    private static async Task AssertSuppressed(TestHost host, Notification sent, string reason)
    {
        Assert.That(sent.Counts, Has.Property("Suppressed").EqualTo(1).And.Property("Total").EqualTo(1));
        Assert.That((await host.DeliveryAsync(sent)).Reason, Is.EqualTo(reason));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }
}
