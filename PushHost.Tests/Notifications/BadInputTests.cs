using System.Net;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Notifications;

/// <summary>Each bad input gets its code, names its field, and leaves nothing behind. Every case asks the same host, which none of them changes.</summary>
[OnBothDatabases]
public class BadInputTests
{
    private static readonly PerDatabase<TestHost> Shared = new();

    private static TestHost Host => Shared.Value;

    [OneTimeSetUp]
    public static async Task Start()
    {
        Shared.Value = await TestHost.StartAsync();
        await Host.RegisterAsync("apns");
        await Host.RegisterAsync("gcm");
    }

    [OneTimeTearDown]
    public static async Task Stop() => await Host.DisposeAsync();

    [TestCase("""{"to":{"all":true""")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},}""")]
    [TestCase("hello")]
    public Task Malformed_JSON_is_InvalidJson(string body) => Refused(body, "InvalidJson");

    [TestCase("""{"to":{"all":"perhaps"},"message":{"body":"a"}}""", "to.all")]
    [TestCase("""{"to":{"ids":["x"]},"message":{"body":"a"}}""", "to.ids[0]")]
    [TestCase("""{"to":{"ids":[1.5]},"message":{"body":"a"}}""", "to.ids[0]")]
    [TestCase("""{"to":[],"message":{"body":"a"}}""", "to")]
    [TestCase("""{"to":{"all":true},"message":{"badge":"many"}}""", "message.badge")]
    [TestCase("""{"to":{"all":true},"message":{"badge":5000000000}}""", "message.badge")]
    [TestCase("""{"to":{"all":true},"message":{"priority":"urgent"}}""", "message.priority")]
    [TestCase("""{"to":{"all":true},"message":{"data":[]}}""", "message.data")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"ttl":"soon"}""", "ttl")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"expiresAt":"tomorrow"}""", "expiresAt")]
    public Task A_member_of_the_wrong_type_is_named(string body, string field) => Refused(body, "ValidationException", field);

    [TestCase("""{}""", "NotEmpty to", "NotEmpty message")]
    [TestCase("""{"to":{"all":false},"message":{"body":"a"}}""", "NotEmpty to")]
    [TestCase("""{"to":{},"message":{"body":"a"}}""", "NotEmpty to")]
    [TestCase("""{"to":{"providers":["apns"]},"message":{"body":"a"}}""", "NotEmpty to")]
    [TestCase("""{"to":{"all":true,"ids":[1]},"message":{"body":"a"}}""", "Contradiction to.all")]
    [TestCase("""{"to":{"tags":"sports &&"},"message":{"body":"a"}}""", "InvalidTags to.tags")]
    [TestCase("""{"to":{"all":true,"lastSeenWithin":"-P1D"},"message":{"body":"a"}}""", "Range to.lastSeenWithin")]
    [TestCase("""{"to":{"all":true,"lastSeenWithin":"-P9000000D"},"message":{"body":"a"}}""", "Range to.lastSeenWithin")]
    [TestCase("""{"to":{"all":true},"message":{}}""", "NotEmpty message")]
    [TestCase("""{"to":{"all":true},"message":{"body":""}}""", "NotEmpty message")]
    [TestCase("""{"to":{"all":true},"message":{"badge":-1}}""", "Range message.badge")]
    [TestCase("""{"to":{"all":true},"message":{"silent":true,"body":"a","priority":"high"}}""", "Contradiction message.body", "Contradiction message.priority")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a","data":{"aps":{}}}}""", "InvalidForProvider message.data.aps")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a","data":{"google.x":"1"}}}""", "InvalidForProvider message.data.google.x")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"ttl":"-PT1S"}""", "Range ttl")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"ttl":"P28DT1S"}""", "Range ttl")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"expiresAt":"2020-01-01T00:00:00Z"}""", "Range expiresAt")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"expiresAt":"2999-01-01T00:00:00Z"}""", "Range expiresAt")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"wait":"PT31S"}""", "Range wait")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"wait":"-PT1S"}""", "Range wait")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"perMinute":0}""", "Range perMinute")]
    public Task What_cannot_be_meant_is_refused_field_by_field(string body, params string[] faults) => Refused(body, "ValidationException", faults);

    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"expireAt":"2030-01-01T00:00:00Z"}""", "expireAt")]
    [TestCase("""{"to":{"all":true,"user":"u1"},"message":{"body":"a"}}""", "to.user")]
    [TestCase("""{"to":{"registrationIds":[{"provider":"apns","registrationID":"aa","tokn":"aa"}]},"message":{"body":"a"}}""", "to.registrationIds[0].tokn")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a","localized":{"fr":{"body":"b"}}}}""", "message.localized")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a","bagde":5}}""", "message.bagde")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a","apns":{"pushtyp":"voip"}}}""", "message.apns.pushtyp")]
    public Task A_member_that_is_misspelt_or_not_built_yet_is_named(string body, string field) => Refused(body, "ValidationException", $"UnknownMember {field}");

    [TestCase("""{"to":{"all":true,"providers":["apns","wns"]},"message":{"body":"a"}}""", "UnknownProvider", "to.providers[1]")]
    [TestCase("""{"to":{"registrationIds":[{"provider":"wns","registrationId":"a"}]},"message":{"body":"a"}}""", "UnknownProvider", "to.registrationIds[0].provider")]
    [TestCase("""{"to":{"registrationIds":[{"provider":"apns","registrationId":"xyz"}]},"message":{"body":"a"}}""", "InvalidRegistrationId", "to.registrationIds[0].registrationId")]
    [TestCase("""{"to":{"registrationIds":[{"provider":"gcm","registrationId":"a b\n"}]},"message":{"body":"a"}}""", "InvalidRegistrationId", "to.registrationIds[0].registrationId")]
    public Task An_unknown_provider_or_a_bad_token_has_a_code_of_its_own(string body, string code, string field) => Refused(body, code, $"{code} {field}");

    [TestCase("/devices", """{"registrationId":"aa"}""", "ValidationException", "NotEmpty provider")]
    [TestCase("/devices", """{"provider":"apns"}""", "ValidationException", "NotEmpty registrationId")]
    [TestCase("/devices", """{"provider":"wns","registrationId":"aa"}""", "UnknownProvider", "UnknownProvider provider")]
    [TestCase("/devices", """{"provider":"apns","registrationId":"aaa"}""", "InvalidRegistrationId", "InvalidRegistrationId registrationId")]
    [TestCase("/device/wns", """{"registrationId":"aa"}""", "UnknownProvider", "UnknownProvider provider")]
    [TestCase("/devices/send", """{"provider":"apns","registrationId":"zz","body":"a"}""", "InvalidRegistrationId", "InvalidRegistrationId registrationId")]
    [TestCase("/devices/1/send", """{"body":"a","message":{"body":"b"}}""", "ValidationException", "Contradiction message")]
    [TestCase("/devices/1/send", """{"bdoy":"a"}""", "ValidationException", "UnknownMember bdoy")]
    [TestCase("/devices/unregister", """{"userId":"a\u0000"}""", "ValidationException", "InvalidText userId")]
    [TestCase("/devices/restore", """{"reason":"a\u0000"}""", "ValidationException", "InvalidText reason")]
    [TestCase("/notifications/1/verdicts/apply", """{"reason":"a\u0000"}""", "ValidationException", "InvalidText reason")]
    [TestCase("/notifications", """{"to":{"userIds":["a","a\u0000"]},"message":{"body":"a"}}""", "ValidationException", "InvalidText to.userIds[1]")]
    [TestCase("/notifications", """{"to":{"deviceIds":["a\u0000"]},"message":{"body":"a"}}""", "ValidationException", "InvalidText to.deviceIds[0]")]
    public Task Bad_device_input_is_refused_alike(string path, string body, string code, string fault) => RefusedAt(path, body, code, fault);

    [Test]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var body = $$$"""{"to":{"all":true},"message":{"body":"a"},"idempotencyKey":"{{{new string('k', 256)}}}"}""";

        await Refused(body, "ValidationException", "Length idempotencyKey");
    }

    [TestCase("/devices", "search userId deviceId registrationId kind")]
    [TestCase("/devices/export", "search userId deviceId registrationId kind")]
    [TestCase("/devices/1/deliveries", "reason")]
    [TestCase("/notifications/1/verdicts", "reason")]
    public async Task What_no_stored_text_can_be_is_not_looked_for(string path, string filters)
    {
        foreach (var filter in filters.Split(' '))
        {
            var answer = await Host.GetAsync($"{path}?{filter}=a%00b");

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Body);
            Assert.That(answer.Fields, Is.EqualTo(new[] { $"InvalidText {filter}" }));
        }
    }

    private static Task Refused(string body, string code, params string[] faults) => RefusedAt("/notifications", body, code, faults);

    private static async Task RefusedAt(string path, string body, string code, params string[] faults)
    {
        var before = Host.Rows();

        var answer = await Host.PostAsync(path, body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Body);
        Assert.That(answer.Code, Is.EqualTo(code));
        foreach (var fault in faults)
            Assert.That(answer.Fields, Has.Some.EndsWith(fault));
        Assert.That(Host.Rows(), Is.EqualTo(before));
    }

    [TestCase("""{"to":{"all":true,"providers":[]},"message":{"body":"a"}}""", "NotEmpty to.providers")]
    [TestCase("""{"to":{"all":true,"tags":""},"message":{"body":"a"}}""", "NotEmpty to.tags")]
    [TestCase("""{"to":{"all":true},"message":{"body":"a"},"idempotencyKey":""}""", "Length idempotencyKey")]
    [TestCase("""{"to":{"userIds":["nobody"]},"message":{"data":{"from":"x"}}}""", "InvalidForProvider message.data.from")]
    public async Task What_is_empty_never_means_everybody_and_an_audience_of_nobody_excuses_no_message(string body, string fault)
    {
        var answer = await Host.PostAsync("/notifications", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Fields, Is.EqualTo(new[] { fault }));
    }

    [Test]
    public async Task A_client_that_hangs_up_in_its_body_leaves_nothing_in_the_log()
    {
        await using var host = await TestHost.StartAsync();
        var head = $"POST /devices HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {TestHost.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{{";
        for (var i = 0; i < 5; i++)
        {
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head));
            // A whole request on another connection, so that the body is being waited for when this one closes.
            await host.GetAsync("/health/ready");
        }
        await host.StopAsync();

        Assert.That(host.Log.Lines, Is.Empty);
    }
}
