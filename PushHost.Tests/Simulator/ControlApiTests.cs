using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

public class ControlApiTests
{
    [Test]
    public async Task The_outbox_is_shown_newest_first_without_credentials()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var apns = new ApnsCaller(simulator);
        using var fcm = await FcmCaller.AuthorizedAsync(simulator);
        await apns.PushAsync("01");
        await apns.PushAsync("02");
        await fcm.SendToAsync("three");

        var all = await GetAsync(simulator, "/outbox");
        var newest = await GetAsync(simulator, "/outbox?gateway=apns&take=1");

        Assert.That(all.AsArray().Select(entry => (string?)entry!["token"]), Is.EqualTo(new[] { "three", "02", "01" }));
        var only = newest.AsArray().Single()!;
        Assert.That((string?)only["token"], Is.EqualTo("02"));
        Assert.That((int)only["status"]!, Is.EqualTo(200));
        Assert.That((string?)only["body"], Is.EqualTo(ApnsCaller.Alert));
        Assert.That((string?)only["headers"]!["apns-push-type"], Is.EqualTo("alert"));
        Assert.That(only["headers"]!["authorization"], Is.Null);
    }

    [Test]
    public async Task Stats_count_both_gateways()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var apns = new ApnsCaller(simulator);
        simulator.Apns.FaultToken("dead", ApnsFault.Reason("BadDeviceToken"));
        await apns.PushAsync("dead");
        await apns.PushAsync("00");

        var stats = await GetAsync(simulator, "/stats");

        Assert.That((int)stats["apns"]!["requests"]!, Is.EqualTo(2));
        Assert.That((int)stats["apns"]!["accepted"]!, Is.EqualTo(1));
        Assert.That((int)stats["apns"]!["outcomes"]!["400 BadDeviceToken"]!, Is.EqualTo(1));
        Assert.That((int)stats["fcm"]!["requests"]!, Is.Zero);
    }

    [Test]
    public async Task Recipients_are_counted_however_many_there_are()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { TallyRecipients = true, OutboxCapacity = 0 });
        using var apns = new ApnsCaller(simulator);
        simulator.Apns.FaultToken("dead", ApnsFault.Reason("TooManyRequests"), times: 1);
        await apns.PushAsync("dead");
        await apns.PushAsync("DEAD");
        await apns.PushAsync("00");

        var counts = (await GetAsync(simulator, "/recipients?gateway=apns")).AsArray()
            .Select(entry => $"{entry!["token"]} {entry["requests"]} {entry["accepted"]}").Order();

        Assert.That(counts, Is.EqualTo(new[] { "00 1 1", "dead 2 1" }));
    }

    [Test]
    public async Task A_gateway_that_is_away_takes_no_connection_until_it_is_back()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Time = time });
        await PostAsync(simulator, "/faults", """{"gateway":"apns","kind":"away","durationSeconds":60}""");
        using var early = new ApnsCaller(simulator);
        Assert.That(() => early.PushAsync("00"), Throws.InstanceOf<HttpRequestException>());

        time.Advance(TimeSpan.FromSeconds(61));
        using var apns = new ApnsCaller(simulator);

        Assert.That((int)(await apns.PushAsync("00")).Status, Is.EqualTo(200));
    }

    [TestCase("""{"gateway":"apns","token":"00FF","kind":"reason","reason":"Unregistered","timestamp":"2026-01-02T03:04:05Z"}""", 410)]
    [TestCase("""{"gateway":"apns","prefix":"00","kind":"reason","reason":"TooManyRequests","retryAfterSeconds":1,"times":1}""", 429)]
    [TestCase("""{"gateway":"apns","all":true,"kind":"answer","status":302,"durationSeconds":60}""", 302)]
    [TestCase("""{"gateway":"apns","all":true,"kind":"htmlPage","delayMilliseconds":1}""", 502)]
    [TestCase("""{"gateway":"apns","all":true,"kind":"slow","delayMilliseconds":1}""", 200)]
    [TestCase("""{"gateway":"apns","all":true,"kind":"streamReset","times":1}""", 200)]
    [TestCase("""{"gateway":"apns","all":true,"kind":"goAway","reason":"IdleTimeout","times":1}""", 200)]
    [TestCase("""{"gateway":"apns","kind":"goAwayNow"}""", 200)]
    [TestCase("""{"gateway":"apns","kind":"streamLimit","maxConcurrentStreams":3}""", 200)]
    public async Task A_fault_for_APNs_is_set(string fault, int status)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var apns = new ApnsCaller(simulator);

        var answer = await PostAsync(simulator, "/faults", fault);

        Assert.That(answer.Status, Is.EqualTo(204), answer.Text);
        Assert.That((int)(await apns.PushAsync("00ff")).Status, Is.EqualTo(status));
    }

    [TestCase("""{"gateway":"fcm","token":"a","kind":"reason","reason":"UNREGISTERED"}""", 404)]
    [TestCase("""{"gateway":"fcm","all":true,"kind":"reason","reason":"PERMISSION_DENIED"}""", 403)]
    [TestCase("""{"gateway":"fcm","prefix":"a","kind":"truncatedJson","status":200}""", 200)]
    public async Task A_fault_for_FCM_is_set(string fault, int status)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var fcm = await FcmCaller.AuthorizedAsync(simulator);

        var answer = await PostAsync(simulator, "/faults", fault);

        Assert.That(answer.Status, Is.EqualTo(204), answer.Text);
        Assert.That((await fcm.SendToAsync("a")).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_canonical_id_is_set()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var fcm = new FcmCaller(simulator);

        await PostAsync(simulator, "/faults", """{"gateway":"fcm","token":"a","kind":"canonicalId","registrationId":"b"}""");

        var reply = await fcm.SendLegacyAsync(new { to = "a" });
        Assert.That((string?)reply.Body!["results"]![0]!["registration_id"], Is.EqualTo("b"));
    }

    [TestCase("", "body")]
    [TestCase("""{"gateway":"apns","kind":"away"}""", "durationSeconds")]
    [TestCase("[]", "body")]
    [TestCase("null", "body")]
    [TestCase("""{"gateway":"hms","all":true,"kind":"noAnswer"}""", "gateway")]
    [TestCase("""{"gateway":"apns","kind":"noAnswer"}""", "token, prefix, all or tokenEndpoint")]
    [TestCase("""{"gateway":"apns","all":true,"token":"00","kind":"noAnswer"}""", "token, prefix, all or tokenEndpoint")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"explode"}""", "kind")]
    [TestCase("""{"gateway":"apns","all":true}""", "kind")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"reason"}""", "reason")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"reason","reason":"Nope"}""", "Nope")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"answer"}""", "status")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"answer","status":100}""", "status")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"slow"}""", "delayMilliseconds")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"slow","delayMilliseconds":-1}""", "delayMilliseconds")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"noAnswer","times":0}""", "times")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"noAnswer","times":"3"}""", "times")]
    [TestCase("""{"gateway":"apns","token":"00","kind":"noAnswer","durationSeconds":3}""", "durationSeconds")]
    [TestCase("""{"gateway":"apns","tokenEndpoint":true,"kind":"noAnswer"}""", "tokenEndpoint")]
    [TestCase("""{"gateway":"apns","token":"00","kind":"canonicalId","registrationId":"b"}""", "canonicalId")]
    [TestCase("""{"gateway":"apns","kind":"streamLimit"}""", "maxConcurrentStreams")]
    [TestCase("""{"gateway":"apns","all":true,"kind":"noAnswer","reasn":"x"}""", "reasn")]
    public async Task A_wrong_fault_is_refused_by_name_and_changes_nothing(string fault, string named)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var apns = new ApnsCaller(simulator);

        var answer = await PostAsync(simulator, "/faults", fault);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That((string?)JsonNode.Parse(answer.Text)!["error"], Does.Contain(named));
        Assert.That((int)(await apns.PushAsync("00ff")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_reset_forgets_everything()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var apns = new ApnsCaller(simulator);
        simulator.Apns.FaultAll(ApnsFault.ServiceUnavailable());
        await apns.PushAsync("00");

        Assert.That((await PostAsync(simulator, "/reset", "")).Status, Is.EqualTo(204));

        Assert.That((await GetAsync(simulator, "/outbox")).AsArray(), Is.Empty);
        Assert.That((int)(await apns.PushAsync("00")).Status, Is.EqualTo(200));
    }

    [TestCase("GET", "/nothing", 404)]
    [TestCase("GET", "/faults", 405)]
    [TestCase("POST", "/outbox", 405)]
    [TestCase("GET", "/outbox?take=0", 400)]
    [TestCase("GET", "/outbox?take=many", 400)]
    [TestCase("GET", "/outbox?gateway=hms", 400)]
    public async Task A_wrong_request_says_what_would_be_right(string method, string path, int status)
    {
        await using var simulator = await GatewaySimulator.StartAsync();

        var answer = await SendAsync(simulator, new HttpMethod(method), path, null);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That((string?)JsonNode.Parse(answer.Text)!["error"], Is.Not.Empty);
    }

    [Test]
    public async Task A_page_of_another_host_cannot_reach_it()
    {
        await using var simulator = await GatewaySimulator.StartAsync();

        Assert.That((await SendAsync(simulator, HttpMethod.Get, "/stats", null, host: "evil.example")).Status, Is.EqualTo(403));
    }

    private static async Task<JsonNode> GetAsync(GatewaySimulator simulator, string path) =>
        JsonNode.Parse((await SendAsync(simulator, HttpMethod.Get, path, null)).Text)!;

    private static Task<(int Status, string Text)> PostAsync(GatewaySimulator simulator, string path, string body) =>
        SendAsync(simulator, HttpMethod.Post, path, body);

    private static async Task<(int Status, string Text)> SendAsync(
        GatewaySimulator simulator, HttpMethod method, string path, string? body, string? host = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{simulator.ControlPort}{path}");
        request.Headers.Host = host;
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
