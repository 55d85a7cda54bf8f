using System.Net;
using System.Text;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Notifications;

/// <summary>Sizes, paths and verbs. Every case asks the same host.</summary>
[OnBothDatabases]
public class LimitTests
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

    // Without a title APNs gets the text as it is, so all around it is {"aps":{"alert":""}}; of FCM's notification the text alone counts.
    [TestCase("apns", 4096 - 20)]
    [TestCase("gcm", 4096)]
    public async Task A_payload_may_be_as_large_as_the_gateway_takes_and_not_a_byte_larger(string provider, int most)
    {
        var rows = Host.Rows();

        var tooLarge = await SendAsync(provider, new string('x', most + 1));

        Assert.That(tooLarge.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(tooLarge.Code, Is.EqualTo("PayloadTooLarge"));
        Assert.That(tooLarge.Fields, Is.EqualTo(new[] { "PayloadTooLarge message" }));
        var meta = tooLarge.Error.GetProperty("meta");
        Assert.That(meta.GetProperty("provider").GetString(), Is.EqualTo(provider));
        Assert.That(meta.GetProperty("bytes").GetString(), Is.EqualTo("4097"));
        Assert.That(meta.GetProperty("limit").GetString(), Is.EqualTo("4096"));
        Assert.That(Host.Rows(), Is.EqualTo(rows));

        Assert.That((await SendAsync(provider, new string('x', most))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Bytes_are_counted_and_not_characters()
    {
        Assert.That((await SendAsync("apns", new string('é', 2039))).Code, Is.EqualTo("PayloadTooLarge"));
        Assert.That((await SendAsync("apns", new string('é', 2038))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("/notifications", 4 * 1024 * 1024)]
    [TestCase("/devices", 1024 * 1024)]
    public async Task A_body_above_the_limit_is_413_and_stores_nothing(string path, int limit)
    {
        var rows = Host.Rows();
        var body = new StringBuilder("{\"message\":\"").Append('x', limit).Append("\"}").ToString();

        var answer = await Host.PostAsync(path, body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(answer.Code, Is.EqualTo("RequestTooLarge"));
        Assert.That(Host.Rows(), Is.EqualTo(rows));
    }

    [Test]
    public async Task An_audience_of_fifty_thousand_entries_is_taken_and_one_more_is_not()
    {
        var ids = Enumerable.Range(1_000_000, 50_000).ToList();
        Assert.That((await Host.PostAsync("/notifications", new { to = new { ids }, message = new { body = "a" }, wait = "PT30S" })).Status, Is.EqualTo(HttpStatusCode.OK));

        var answer = await Host.PostAsync("/notifications", new { to = new { ids, userIds = new[] { "u" } }, message = new { body = "a" } });

        Assert.That(answer.Fields, Is.EqualTo(new[] { "Length to" }));
    }

    [TestCase("GET", "/nothing")]
    [TestCase("POST", "/notifications/1/nothing")]
    [TestCase("GET", "/notifications/999999")]
    [TestCase("GET", "/devices/999999")]
    [TestCase("GET", "/notifications/999999/deliveries")]
    [TestCase("GET", "/devices/999999/deliveries")]
    [TestCase("POST", "/devices/999999/send")]
    public async Task What_is_not_there_is_404(string method, string path)
    {
        var answer = await Host.CallAsync(method, path, method == "POST" ? """{"body":"a"}""" : null);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(answer.Code, Is.EqualTo("NotFound"));
    }

    [TestCase("DELETE", "/notifications", "GET POST")]
    [TestCase("POST", "/notifications/1", "GET")]
    [TestCase("GET", "/devices/1/send", "POST")]
    public async Task A_wrong_verb_is_405_and_told_the_right_ones(string method, string path, string allowed)
    {
        var answer = await Host.CallAsync(method, path);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Code, Is.EqualTo("MethodNotAllowed"));
        Assert.That(answer.Headers["Allow"].Split(", "), Is.SupersetOf(allowed.Split(' ')));
    }

    // To its end: what is still being sent would change the rows that the next case counts.
    private static Task<Wire.Answer> SendAsync(string provider, string body) =>
        Host.PostAsync("/notifications", new { to = new { all = true, providers = new[] { provider } }, message = new { body }, wait = "PT30S" });
}
