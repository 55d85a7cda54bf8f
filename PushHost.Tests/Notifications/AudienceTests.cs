using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Notifications;

/// <summary>Who is told.</summary>
[OnBothDatabases]
public class AudienceTests
{
    [Test]
    public async Task Whoever_several_lists_name_is_told_once()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns", members: new { userId = "u1", deviceId = "phone-1" });
        var other = await host.RegisterAsync("gcm", members: new { userId = "u1" });

        var sent = await SentTo(host, new
        {
            ids = new[] { device.Id, device.Id },
            registrationIds = new[] { new { provider = "apns", registrationId = device.RegistrationId!.ToUpperInvariant() }, new { provider = "fcm", registrationId = other.RegistrationId! } },
            userIds = new[] { "u1", "u1" },
            deviceIds = new[] { "phone-1" },
        });

        Assert.That(sent.Counts, Has.Property("Total").EqualTo(2).And.Property("Accepted").EqualTo(2));
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
        Assert.That(host.Fcm.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task Unknown_and_inactive_devices_are_not_counted()
    {
        await using var host = await TestHost.StartAsync();
        var active = await host.RegisterAsync("apns");
        var inactive = await host.RegisterAsync("apns", members: new { isActive = false });

        var sent = await SentTo(host, new { ids = new[] { active.Id, inactive.Id, 999_999 }, userIds = new[] { "nobody" } });

        Assert.That(sent.Counts, Has.Property("Total").EqualTo(1).And.Property("Accepted").EqualTo(1));
    }

    [TestCase("sports", "a b")]
    [TestCase("sports && !muted", "a")]
    [TestCase("sports && (en || fr) && !muted", "a")]
    [TestCase("news || fr", "b c")]
    [TestCase("!sports", "c d")]
    [TestCase("polo", "")]
    public async Task Tags_choose_by_expression(string tags, string expected)
    {
        await using var host = await TestHost.StartAsync();
        var names = new Dictionary<long, string>();
        foreach (var (name, has) in new[] { ("a", "sports en"), ("b", "sports fr muted"), ("c", "news"), ("d", "") })
        {
            var device = await host.RegisterAsync("apns", members: new { tags = has.Split(' ', StringSplitOptions.RemoveEmptyEntries) });
            names[device.Id] = name;
        }

        var sent = await SentTo(host, new { tags });

        var reached = (await host.DeliveriesAsync(sent)).Select(delivery => names[delivery.Device]);
        Assert.That(string.Join(' ', reached), Is.EqualTo(expected));
    }

    [Test]
    public async Task Tags_narrow_a_list()
    {
        await using var host = await TestHost.StartAsync();
        var tagged = await host.RegisterAsync("apns", members: new { userId = "u1", tags = new[] { "work" } });
        await host.RegisterAsync("apns", members: new { userId = "u1" });
        await host.RegisterAsync("apns", members: new { userId = "u2", tags = new[] { "work" } });

        var sent = await SentTo(host, new { userIds = new[] { "u1" }, tags = "work" });

        Assert.That((await host.DeliveryAsync(sent)).Device, Is.EqualTo(tagged.Id));
    }

    [TestCase("fcm")]
    [TestCase("GCM")]
    public async Task Providers_narrow_and_go_by_any_of_their_names(string provider)
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns");
        var android = await host.RegisterAsync("gcm");

        var sent = await SentTo(host, new { all = true, providers = new[] { provider } });

        Assert.That((await host.DeliveryAsync(sent)).Device, Is.EqualTo(android.Id));
    }

    [TestCase("P30D", 1)]
    [TestCase("P31D", 2)]
    [TestCase("P9000000D", 2)]
    public async Task Last_seen_within_narrows_to_recent_devices(string within, int expected)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        await host.RegisterAsync("apns", members: new { lastSeenAt = host.Now.AddDays(-30).AddSeconds(-1) });

        var sent = await SentTo(host, new { all = true, lastSeenWithin = within });

        Assert.That(sent.Counts.Total, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_message_goes_to_the_kind_of_token_that_its_push_type_needs()
    {
        await using var host = await TestHost.StartAsync();
        var alert = await host.RegisterAsync("apns", members: new { userId = "u1" });
        var voip = await host.RegisterAsync("apns", members: new { userId = "u1", kind = "voip" });

        var told = await SentTo(host, new { userIds = new[] { "u1" } });
        var called = await host.CompletedAsync(await host.SendAsync(new
        {
            to = new { userIds = new[] { "u1" } },
            message = new { data = new { call = "c1" }, apns = new { pushType = "voip" } },
        }));

        Assert.That((await host.DeliveryAsync(told)).Device, Is.EqualTo(alert.Id));
        Assert.That((await host.DeliveryAsync(called)).Device, Is.EqualTo(voip.Id));
    }

    [Test]
    public async Task A_provider_without_a_credential_is_refused_by_the_setting_s_name()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Credentials = ["apns"] });
        var android = await host.RegisterAsync("gcm");
        var rows = host.Rows();

        var answer = await host.PostAsync("/notifications", new { to = new { ids = new[] { android.Id } }, message = new { body = "Hi" } });

        Assert.That(answer.Fields, Is.EqualTo(new[] { "NoCredential to" }));
        Assert.That(answer.Error.GetProperty("message").GetString(), Does.Contain("PushHost:Apps:default:Providers:gcm"));
        Assert.That(host.Rows(), Is.EqualTo(rows));
    }

    private static async Task<Notification> SentTo(TestHost host, object to) => await host.CompletedAsync(await host.SendAsync(new { to, message = new { body = "Hi" } }));
}
