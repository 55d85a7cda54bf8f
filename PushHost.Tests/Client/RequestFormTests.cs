using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Client;

/// <summary>How the client writes requests.</summary>
public sealed class RequestFormTests
{
    public static IEnumerable<TestCaseData> Addresses()
    {
        static TestCaseData Case(object request, string line) => new TestCaseData(request, line).SetArgDisplayNames(line);

        yield return Case(new GetDevice { Id = 5 }, "GET /below/devices/5");
        yield return Case(new GetDevice { Provider = "apns", RegistrationId = "ab" }, "GET /below/device/apns/ab");
        yield return Case(new GetDevice { Provider = "gcm", RegistrationId = "a:b c%" }, "GET /below/device/gcm/a%3Ab%20c%25");
        yield return Case(new GetDevice { Provider = "gcm", RegistrationId = "a/b" }, "GET /below/api/GetDevice?provider=gcm&registrationId=a%2Fb");
        yield return Case(new GetDevice { Provider = "gcm", RegistrationId = ".." }, "GET /below/api/GetDevice?provider=gcm&registrationId=..");
        yield return Case(new GetDevice { Provider = "gcm", RegistrationId = "a.json" }, "GET /below/device/gcm/a.json");
        yield return Case(new GetDevice(), "GET /below/api/GetDevice");
        yield return Case(new GetDevice { Id = 5, AppId = "shop" }, "GET /below/devices/5?appId=shop");
        yield return Case(new RegisterDevice { RegistrationId = "ab" }, "POST /below/devices");
        yield return Case(new RegisterDevice { Provider = "apns", RegistrationId = "ab" }, "POST /below/device/apns");
        yield return Case(new UpdateDevice { Id = 5, Name = "n" }, "PATCH /below/devices/5");
        yield return Case(new ReplaceDevice { Id = 5 }, "PUT /below/devices/5");
        yield return Case(new SendToDevice { Provider = "apns", RegistrationId = "ab" }, "POST /below/devices/send");
        yield return Case(new QueryNotifications(), "GET /below/notifications");
        yield return Case(new QueryDeliveries { NotificationId = 7, Outcome = DeliveryOutcome.Failed }, "GET /below/notifications/7/deliveries?outcome=failed");
        yield return Case(
            new QueryDevices { Ids = [1, 2], Tags = "a && (b || !c)", IsActive = false, SeenAfter = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), Take = 5 },
            "GET /below/devices?ids=1%2C2&isActive=false&tags=a%20%26%26%20%28b%20%7C%7C%20%21c%29&seenAfter=2026-01-02T01%3A04%3A05Z&take=5");
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task A_request_goes_to_the_route_that_its_members_fill(object request, string line)
    {
        var host = new ScriptedHost().Answer(200);

        await SendAsync(host, request);

        Assert.That(host.Requests.Single().Line, Is.EqualTo(line));
    }

    [Test]
    public async Task A_body_is_in_the_wire_s_own_dialect()
    {
        var host = new ScriptedHost().Answer(200);

        await host.Client().SendAsync(new SendNotification
        {
            To = new Audience { UserIds = ["ann"], LastSeenWithin = TimeSpan.FromDays(30) },
            Message = new Message { Body = "Grüße, 日本 <3", Priority = Priority.High, Data = new() { ["Order_Id"] = 5, ["none"] = null } },
            Ttl = TimeSpan.FromMinutes(90),
            ExpiresAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-5)),
            IdempotencyKey = "k",
        });

        Assert.That(host.Requests.Single().Body, Is.EqualTo(
            """{"to":{"userIds":["ann"],"lastSeenWithin":"P30D"},"message":{"body":"Grüße, 日本 <3","data":{"Order_Id":5,"none":null},"priority":"high"},"ttl":"PT1H30M","expiresAt":"2026-01-02T08:04:05Z","idempotencyKey":"k"}"""));
        Assert.That(host.Requests.Single().Headers["Content-Type"], Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Every_request_carries_the_key_and_the_client_s_name()
    {
        var host = new ScriptedHost().Answer(200);

        await host.Client().SendAsync(new GetDevice { Id = 1 });

        var headers = host.Requests.Single().Headers;
        Assert.That(headers["Authorization"], Is.EqualTo("Bearer the-key"));
        Assert.That(headers["User-Agent"], Does.Match(@"^PushHost\.Client/\d+\.\d+\.\d+$"));
    }

    [Test]
    public async Task An_import_asks_before_it_sends_its_lines()
    {
        var host = new ScriptedHost().Answer(200).Answer(200);
        var client = host.Client();

        await client.ImportAsync([new RegisterDevice { Provider = "apns", RegistrationId = "ab" }], appId: "shop");
        await client.SendAsync(new RegisterDevice { RegistrationId = "ab" });

        var import = host.Requests[0];
        Assert.That((import.Line, import.Body), Is.EqualTo(("POST /below/devices/import?appId=shop", "{\"provider\":\"apns\",\"registrationId\":\"ab\"}\n")));
        Assert.That((import.Headers["Expect"], import.Headers["Content-Type"]), Is.EqualTo(("100-continue", "application/x-ndjson")));
        Assert.That(host.Requests[1].Headers, Does.Not.ContainKey("Expect"));
    }

    [Test]
    public async Task A_word_that_a_newer_host_says_is_read_as_unspecified()
    {
        var host = new ScriptedHost().Answer(200, """{"id":1,"state":"paused","counts":{"total":2,"asleep":2},"mood":"fine"}""");

        var notification = await host.Client().SendAsync(new GetNotification { Id = 1 });

        Assert.That((notification.State, notification.Counts.Total), Is.EqualTo((NotificationState.Unspecified, 2L)));
    }

    [Test]
    public void A_client_without_an_address_says_where_to_give_one()
    {
        using var http = new HttpClient();
        Assert.That(() => new PushHost.Client.PushHostClient(http), Throws.ArgumentException.With.Message.Contains("BaseAddress"));
    }

    private static Task SendAsync(ScriptedHost host, object request) => request switch
    {
        IReturn<Device> device => host.Client().SendAsync(device),
        IReturn<Notification> notification => host.Client().SendAsync(notification),
        IReturn<QueryResponse<Device>> devices => host.Client().SendAsync(devices),
        IReturn<QueryResponse<Notification>> notifications => host.Client().SendAsync(notifications),
        IReturn<QueryResponse<ServiceModel.Delivery>> deliveries => host.Client().SendAsync(deliveries),
        _ => throw new ArgumentException($"{request} is not sent here", nameof(request)),
    };
}
