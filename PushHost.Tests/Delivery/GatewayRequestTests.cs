using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>What reaches the gateways for one message that uses every common member.</summary>
[OnBothDatabases]
public class GatewayRequestTests
{
    private static readonly object Message = new
    {
        title = "Inbox", subtitle = "1 new", body = "You've got mail é ✉", badge = 5, sound = "default", imageUrl = "https://example.com/i.png",
        data = new { foo = "bar", nested = new { a = 1 }, n = 7 }, category = "MAIL", threadId = "t1", collapseId = "c1", priority = "normal", mutableContent = true,
    };

    [Test]
    public async Task APNs_gets_the_headers_and_the_payload_that_Apple_describes()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");

        var sent = await SendAsync(host, device);

        var request = host.Apns.Outbox.Entries.Single();
        Assert.That(request.Outcome, Is.EqualTo(Outcome.Accepted));
        Assert.That(request.Token, Is.EqualTo(device.RegistrationId));
        Assert.That(request.Header("apns-id"), Is.EqualTo(DeliveryId.Of(sent.Id, device.Id).ToString()));
        Assert.That(request.Header("apns-push-type"), Is.EqualTo("alert"));
        Assert.That(request.Header("apns-topic"), Is.EqualTo(host.Simulator.Credentials.ApnsBundleId));
        Assert.That(request.Header("apns-priority"), Is.EqualTo("5"));
        Assert.That(request.Header("apns-collapse-id"), Is.EqualTo("c1"));
        Assert.That(request.Header("apns-expiration"), Is.EqualTo($"{host.Now.AddHours(1).ToUnixTimeSeconds()}"));
        Assert.That(request.Header("authorization"), Does.Match("^bearer [^.]+[.][^.]+[.][^.]+$"));
        AssertJson(request, """
            {"aps":{"alert":{"title":"Inbox","subtitle":"1 new","body":"You've got mail é ✉"},"badge":5,"sound":"default","category":"MAIL","thread-id":"t1","mutable-content":1},
             "imageUrl":"https://example.com/i.png","foo":"bar","nested":{"a":1},"n":7}
            """);
        Assert.That((await host.DeliveryAsync(sent)).GatewayMessageId, Is.EqualTo(request.Header("apns-id")));
    }

    [Test]
    public async Task FCM_gets_the_message_that_Google_describes()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("gcm");

        var sent = await SendAsync(host, device);

        var request = host.Fcm.Outbox.Entries.Single();
        Assert.That(request.Outcome, Is.EqualTo(Outcome.Accepted));
        Assert.That(request.Header("authorization"), Does.StartWith("Bearer "));
        AssertJson(request, $$$$$"""
            {"message":{"token":"{{{{{device.RegistrationId}}}}}",
             "notification":{"title":"Inbox","body":"You've got mail é ✉","image":"https://example.com/i.png"},
             "data":{"foo":"bar","nested":"{\"a\":1}","n":"7"},
             "android":{"collapse_key":"c1","priority":"NORMAL","ttl":"3600s",
              "notification":{"notification_count":5,"sound":"default","click_action":"MAIL"}}}}
            """);
        Assert.That((await host.DeliveryAsync(sent)).GatewayMessageId, Does.StartWith($"projects/{host.Simulator.Credentials.ProjectId}/messages/"));
    }

    [Test]
    public async Task A_silent_message_wakes_the_app_and_shows_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var apple = await host.RegisterAsync("apns");
        var android = await host.RegisterAsync("gcm");

        await host.CompletedAsync(await host.SendAsync(new { to = new { all = true }, message = new { silent = true, data = new { sync = "1" } }, ttl = "PT0S" }));

        var toApple = host.Apns.Outbox.Entries.Single();
        Assert.That(toApple.Token, Is.EqualTo(apple.RegistrationId));
        Assert.That(toApple.Header("apns-push-type"), Is.EqualTo("background"));
        Assert.That(toApple.Header("apns-priority"), Is.EqualTo("5"));
        Assert.That(toApple.Header("apns-expiration"), Is.EqualTo("0"));
        AssertJson(toApple, """{"aps":{"content-available":1},"sync":"1"}""");
        AssertJson(host.Fcm.Outbox.Entries.Single(), $$$$$"""
            {"message":{"token":"{{{{{android.RegistrationId}}}}}","data":{"sync":"1"},"android":{"priority":"NORMAL","ttl":"0s"}}}
            """);
    }

    [Test]
    public async Task The_raw_members_of_a_gateway_win_over_the_common_ones()
    {
        await using var host = await TestHost.StartAsync();
        var android = (await host.RegisterAsync("gcm")).RegistrationId;
        await host.RegisterAsync("apns");

        await host.CompletedAsync(await host.SendAsync(new
        {
            to = new { all = true },
            message = new
            {
                body = "Hi", badge = 1,
                apns = new { headers = new Dictionary<string, string> { ["apns-priority"] = "5" }, aps = new { badge = 9, alert = new { title = "Raw" } }, payload = new { Extra_Key = true } },
                gcm = new { message = new { android = new { priority = "NORMAL", restricted_package_name = "com.example" } } },
            },
        }));

        var toApple = host.Apns.Outbox.Entries.Single();
        Assert.That(toApple.Header("apns-priority"), Is.EqualTo("5"));
        AssertJson(toApple, """{"aps":{"alert":{"body":"Hi","title":"Raw"},"badge":9},"Extra_Key":true}""");
        AssertJson(host.Fcm.Outbox.Entries.Single(), $$$$$"""
            {"message":{"token":"{{{{{android}}}}}","notification":{"body":"Hi"},
             "android":{"priority":"NORMAL","restricted_package_name":"com.example","notification":{"notification_count":1}}}}
            """);
    }

    private static async Task<Notification> SendAsync(TestHost host, Device device) =>
        await host.CompletedAsync(await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = Message, ttl = "PT1H" }));

    private static void AssertJson(OutboxEntry request, string expected) =>
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(request.Body.Span), JsonNode.Parse(expected)), Is.True, System.Text.Encoding.UTF8.GetString(request.Body.Span));
}
