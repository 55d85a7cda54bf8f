using System.Net;
using NUnit.Framework;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceModel;
using PushHost.Tests.Delivery;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;
using PushHost.Tests.Wire;

namespace PushHost.Tests.Notifications;

/// <summary>Repeating a send must never tell anybody twice.</summary>
[OnBothDatabases]
public class IdempotencyTests
{
    private const string Request = """{"to":{"userIds":["u1"]},"message":{"body":"Hi","data":{"a":1,"b":null}},"ttl":"PT1H","idempotencyKey":"order-1"}""";

    [Test]
    public async Task A_repeat_answers_the_first_notification_and_says_so()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns", members: new { userId = "u1" });

        var first = await host.PostAsync("/notifications", Request);
        var repeat = await host.PostAsync("/notifications", Request);

        Assert.That(first.Headers, Does.Not.ContainKey("Idempotent-Replay"));
        Assert.That(repeat.Headers["Idempotent-Replay"], Is.EqualTo("true"));
        Assert.That(repeat.As<Notification>().Id, Is.EqualTo(first.As<Notification>().Id));
        await host.CompletedAsync(repeat.As<Notification>());
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [TestCase("""{ "message":{"data":{"b":null,"a":1},"body":"Hi","badge":null}, "TTL":"PT60M", "To":{"UserIds":["u1"]}, "idempotencyKey":"order-1" }""")]
    [TestCase("""{"to":{"userIds":["u1"]},"message":{"body":"\u0048i","data":{"a":1,"b":null}},"ttl":"PT3600S","idempotencyKey":"order-1","wait":"PT0S"}""")]
    public async Task Spelling_does_not_make_another_request(string otherwise)
    {
        await using var host = await TestHost.StartAsync();
        await host.PostAsync("/notifications", Request);

        Assert.That((await host.PostAsync("/notifications", otherwise)).Headers, Contains.Key("Idempotent-Replay"));
    }

    [TestCase("""{"to":{"userIds":["u2"]},"message":{"body":"Hi","data":{"a":1,"b":null}},"ttl":"PT1H","idempotencyKey":"order-1"}""")]
    [TestCase("""{"to":{"userIds":["u1"]},"message":{"body":"Hi","data":{"a":2,"b":null}},"ttl":"PT1H","idempotencyKey":"order-1"}""")]
    [TestCase("""{"to":{"userIds":["u1"]},"message":{"body":"Hi","data":{"a":1}},"ttl":"PT1H","idempotencyKey":"order-1"}""")]
    [TestCase("""{"to":{"userIds":["u1"]},"message":{"body":"Hi","data":{"a":1,"b":null}},"ttl":"PT2H","idempotencyKey":"order-1"}""")]
    public async Task Another_request_under_the_same_key_is_409_and_stores_nothing(string other)
    {
        await using var host = await TestHost.StartAsync();
        await host.PostAsync("/notifications", Request);
        var rows = host.Rows();

        var answer = await host.PostAsync("/notifications", other);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answer.Code, Is.EqualTo("IdempotencyMismatch"));
        Assert.That(host.Rows(), Is.EqualTo(rows));
    }

    [Test]
    public async Task The_key_may_come_as_a_header_and_must_agree_with_the_member()
    {
        await using var host = await TestHost.StartAsync();
        var keyless = Request.Replace(""","idempotencyKey":"order-1""" + "\"", "", StringComparison.Ordinal);
        await host.PostAsync("/notifications", Request);

        var byHeader = await host.CallAsync("POST", "/notifications", keyless, headers: ("Idempotency-Key", "order-1"));
        var both = await host.CallAsync("POST", "/notifications", Request, headers: ("Idempotency-Key", "order-1"));
        var neither = await host.CallAsync("POST", "/notifications", Request, headers: ("Idempotency-Key", "order-2"));

        Assert.That(byHeader.Headers, Contains.Key("Idempotent-Replay"));
        Assert.That(both.Headers, Contains.Key("Idempotent-Replay"));
        Assert.That(neither.Fields, Is.EqualTo(new[] { "Contradiction idempotencyKey" }));
    }

    [Test]
    public async Task A_send_to_one_device_repeats_over_the_general_route()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");

        var first = await host.PostAsync($"/devices/{device.Id}/send", new { body = "Hi", idempotencyKey = "k" });
        var repeat = await host.PostAsync("/notifications", new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, idempotencyKey = "k" });

        Assert.That(repeat.Headers, Contains.Key("Idempotent-Replay"));
        Assert.That(repeat.As<Notification>().Id, Is.EqualTo(first.As<Notification>().Id));
    }

    [Test]
    public async Task A_key_is_the_app_s_whoever_calls()
    {
        await using var host = await TestHost.StartAsync();
        var first = await host.PostAsync("/notifications", Request);

        var other = await host.PostAsync("/notifications", Request, await host.KeyAsync("send"));

        Assert.That(other.Headers, Contains.Key("Idempotent-Replay"));
        Assert.That(other.As<Notification>().Id, Is.EqualTo(first.As<Notification>().Id));
    }

    [Test]
    public void Of_two_hosts_that_store_the_same_key_at_the_same_moment_one_is_told()
    {
        using var database = new LedgerDatabase();
        var key = new Idempotency("order-1", [1]);
        var day = (long)NotificationAcceptor.KeysKept.TotalMilliseconds;

        Assert.That(NotificationStore.RememberKey(database.Session, 1, key, notification: 7, now: 1000), Is.True);
        Assert.That(NotificationStore.RememberKey(database.Session, 1, key, notification: 8, now: 1000 + day - 1), Is.False);
        Assert.That(NotificationStore.FindKey(database.Session, 1, "order-1", createdAfter: 0)!.Notification, Is.EqualTo(7));
        Assert.That(NotificationStore.RememberKey(database.Session, 1, key, notification: 9, now: 1000 + day), Is.True);
        Assert.That(NotificationStore.FindKey(database.Session, 1, "order-1", createdAfter: 0)!.Notification, Is.EqualTo(9));
    }

    [TestCase(24 * 60 * 60 - 1, true)]
    [TestCase(24 * 60 * 60, false)]
    public async Task A_key_is_kept_for_24_hours(int seconds, bool repeats)
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.PostAsync("/notifications", Request);
        host.Advance(TimeSpan.FromSeconds(seconds));

        var later = await host.PostAsync("/notifications", Request);

        Assert.That(later.Headers.ContainsKey("Idempotent-Replay"), Is.EqualTo(repeats));
    }

    [Test]
    public async Task A_repeat_is_answered_after_the_message_s_own_time()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var request = new { to = new { all = true }, message = new { body = "Hi" }, expiresAt = host.Now.AddMinutes(1), idempotencyKey = "k" };
        await host.PostAsync("/notifications", request);
        host.Advance(TimeSpan.FromMinutes(2));

        Assert.That((await host.PostAsync("/notifications", request)).Headers, Contains.Key("Idempotent-Replay"));
    }

    [Test]
    public async Task A_refused_request_is_not_remembered()
    {
        await using var host = await TestHost.StartAsync();
        var refused = await host.PostAsync("/notifications", Request.Replace("PT1H", "P90D", StringComparison.Ordinal));

        var right = await host.PostAsync("/notifications", Request);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(right.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(right.Headers, Does.Not.ContainKey("Idempotent-Replay"));
    }

    [Test]
    public async Task Repeats_at_the_same_moment_make_one_notification()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns", members: new { userId = "u1" });

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.PostAsync("/notifications", Request)));

        Assert.That(answers.Select(answer => answer.As<Notification>().Id).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Headers.ContainsKey("Idempotent-Replay")), Is.EqualTo(19));
        await host.CompletedAsync(answers[0].As<Notification>());
        Assert.That(host.Apns.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_survives_a_restart()
    {
        await using var host = await TestHost.StartAsync();
        await host.PostAsync("/notifications", Request);

        await host.RestartAsync();

        Assert.That((await host.PostAsync("/notifications", Request)).Headers, Contains.Key("Idempotent-Replay"));
    }

    [Test]
    public async Task Another_spelling_of_provider_and_token_is_the_same_request()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns", "aabb01");
        static object To(string provider, string token, string other) =>
            new { to = new { registrationIds = new[] { new { provider, registrationId = token } }, providers = new[] { provider, other } }, message = new { body = "Hi" }, idempotencyKey = "k" };

        var first = (await host.PostAsync("/notifications", To("apns", "aabb01", "gcm"))).As<Notification>();

        Assert.That((await host.PostAsync("/notifications", To("APNS", "<AABB 01>", "fcm"))).As<Notification>().Id, Is.EqualTo(first.Id));
    }
}
