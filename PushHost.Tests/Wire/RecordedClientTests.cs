using System.Net;
using System.Text;
using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Wire;

/// <summary>Requests in the exact form in which ServiceStack's own clients send them: .NET's JsonServiceClient and JsonApiClient, and TypeScript's.</summary>
public sealed class RecordedClientTests
{
    private static readonly string[] JsonServiceClient = ["Accept: application/json", "Accept-Encoding: gzip, deflate", "User-Agent: ServiceStackClient/10.15", "Content-Type: application/json"];
    private static readonly string[] JsonApiClient = ["Accept: application/json", "Accept-Encoding: gzip, deflate, br", "Content-Type: application/json; charset=utf-8"];
    private static readonly string[] TypeScript = ["Accept: */*", "Accept-Encoding: gzip, deflate", "Content-Type: application/json"];

    private TestHost _host = null!;
    private string _token = "";

    [SetUp]
    public async Task StartAsync()
    {
        _host = await TestHost.StartAsync();
        _token = TestHostRequests.NewToken("apns");
    }

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task JsonServiceClient_registers_by_the_route_with_the_most_variables()
    {
        var answer = await CallAsync(JsonServiceClient, "POST", "/device/apns", $$"""
            {"__type":"PushHost.ServiceModel.RegisterDevice, PushHost.ServiceModel","Provider":"apns","RegistrationId":"{{_token}}","DeviceId":"11111111222233334444555555555555",
             "UserId":"ann","IsActive":true,"Tags":["en","sports"],"LastSeenAt":"\/Date(1767315845000+0200)\/","Attributes":{"__type":"X","plan":"gold","level":5} }
            """);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(answer["lastSeenAt"], Is.EqualTo("2026-01-02T01:04:05Z"));
        Assert.That(answer.Json.GetProperty("attributes").GetRawText(), Is.EqualTo("""{"plan":"gold","level":5}"""));
    }

    [Test]
    public async Task JsonServiceClient_sends_a_notification()
    {
        await _host.RegisterAsync("apns", _token);
        var answer = await CallAsync(JsonServiceClient, "POST", "/notifications", """
            {"To":{"All":true},"Message":{"Title":"t","Body":"b","Badge":2,"Priority":"High","Data":{"when":"\/Date(1767323045678)\/"}},"Ttl":"PT1H30M","Wait":"PT20S","IdempotencyKey":"11111111222233334444555555555555"}
            """);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Json.GetProperty("counts").GetProperty("accepted").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("/api/SendNotification[]")]
    [TestCase("/json/reply/SendNotification[]")]
    public async Task Clients_send_notifications_as_a_batch(string path)
    {
        await _host.RegisterAsync("apns", _token);
        var answer = await CallAsync(path.StartsWith("/api", StringComparison.Ordinal) ? JsonApiClient : JsonServiceClient, "POST", path, """
            [{"To":{"All":true},"Message":{"Body":"one"},"Ttl":"PT1H","IdempotencyKey":"a"},{"To":{"All":true},"Message":{"Body":"two"},"Ttl":"PT1H","IdempotencyKey":"b"},
             {"To":{"All":true},"Message":{"Body":"one"},"Ttl":"PT1H","IdempotencyKey":"a"}]
            """);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Json.EnumerateArray().Select(notification => notification.GetProperty("id").GetInt64()), Is.EqualTo(new[] { 1L, 2, 1 }));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("3"));
        Assert.That(answer.Headers, Does.Not.ContainKey("Location").And.Not.ContainKey("Idempotent-Replay"));
    }

    [Test]
    public async Task A_batch_tells_which_of_its_sends_was_refused_and_keeps_those_before_it()
    {
        var answer = await CallAsync(JsonApiClient, "POST", "/api/SendNotification[]", """
            [{"To":{"All":true},"Message":{"Body":"one"}},{"To":{"All":true},"Message":{"Body":"two","Badge":-1}},{"To":{"All":true},"Message":{"Body":"three"}}]
            """);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Error.GetProperty("meta").GetProperty("AutoBatchIndex").GetString(), Is.EqualTo("1"));
        Assert.That(answer.Fields.Single(), Does.EndWith(" message.badge"));
        Assert.That(_host.Number("SELECT COUNT(*) FROM notification"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_batch_is_authorised_by_its_key_s_scopes()
    {
        var key = await _host.KeyAsync("register");

        var answer = await CallAsync(JsonApiClient, "POST", "/api/RegisterDevice[]", $$"""[{"Provider":"apns","RegistrationId":"{{_token}}"}]""", key);
        Assert.That(answer.Body, Is.EqualTo("""[{"id":1,"provider":"apns"}]"""));
        Assert.That((await CallAsync(JsonApiClient, "POST", "/api/QueryDevices[]", "[{}]", key)).Code, Is.EqualTo("Forbidden"));
        Assert.That((await CallAsync(JsonApiClient, "POST", "/api/QueryDevices[]", "[{}]", key: null)).Code, Is.EqualTo("Unauthorized"));
    }

    [Test]
    public async Task An_idempotency_key_in_the_header_of_a_batch_is_refused()
    {
        var answer = await CallAsync([.. JsonApiClient, "Idempotency-Key: a"], "POST", "/api/SendNotification[]", """[{"To":{"All":true},"Message":{"Body":"one"}}]""");

        Assert.That(answer.Fields, Is.EqualTo(new[] { "NotOnBatches Idempotency-Key" }));
        Assert.That(_host.Number("SELECT COUNT(*) FROM notification"), Is.Zero);
    }

    [TestCase("GET", "/devices?ids=1,2&isActive=True&state=active&registeredAfter=2020-01-02T03%3A04%3A05.6780000Z&tags=en&take=10&include=Total")]
    [TestCase("GET", "/device/apns?ids=1&ids=2&include=total")]
    [TestCase("GET", "/api/QueryDevices?provider=apns&search=ann&include=Total&orderByDesc=CreatedAt&version=1")]
    [TestCase("GET", "/devices?orderBy=-Id&include=Total")]
    [TestCase("POST", "/json/reply/QueryDevices")]
    public async Task Clients_list(string verb, string path)
    {
        await _host.RegisterAsync("apns", _token, new { userId = "ann", tags = new[] { "en" } });
        var body = verb == "POST" ? """{"Ids":[1],"Include":"Total","Skip":0}""" : null;

        var answer = await CallAsync(JsonServiceClient, verb, path, body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body);
        Assert.That((answer["offset"], answer["total"]), Is.EqualTo(("0", "1")));
        Assert.That(answer.Json.GetProperty("results")[0].GetProperty("registrationId").GetString(), Is.EqualTo(_token));
    }

    [Test]
    public async Task JsonServiceClient_emulates_verbs_by_post()
    {
        await _host.RegisterAsync("apns", _token);

        var answer = await CallAsync([.. JsonServiceClient, "X-Http-Method-Override: PATCH"], "POST", "/devices/1", """{"Id":1,"Name":"n"}""");
        Assert.That(answer["name"], Is.EqualTo("n"));
        answer = await CallAsync([.. JsonServiceClient, "X-Http-Method-Override: GET"], "POST", "/devices/1", "");
        Assert.That(answer["name"], Is.EqualTo("n"));
        answer = await CallAsync([.. JsonServiceClient, "X-Http-Method-Override: DELETE"], "POST", "/devices/1", "");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task JsonServiceClient_publishes_one_way()
    {
        Assert.That((await CallAsync(JsonServiceClient, "POST", "/json/oneway/RegisterDevice", $$"""{"Provider":"apns","RegistrationId":"{{_token}}"}""")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(_host.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(1));
        Assert.That((await CallAsync(JsonServiceClient, "GET", "/json/oneway/GetDevice?Id=1")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await CallAsync(JsonServiceClient, "POST", "/json/oneway/SendNotification[]", """[{"To":{"All":true},"Message":{"Body":"one"}}]""")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(_host.Number("SELECT COUNT(*) FROM notification"), Is.EqualTo(1));
        Assert.That((await CallAsync(JsonServiceClient, "POST", "/json/oneway/RegisterDevice", """{"Provider":"nobody"}""")).Code, Is.EqualTo("UnknownProvider"));
    }

    [Test]
    public async Task The_TypeScript_client_calls_by_name_and_sends_nulls()
    {
        var registered = await CallAsync(TypeScript, "POST", "/api/RegisterDevice", $$"""{"provider":"apns","registrationId":"{{_token}}","name":null,"tags":null,"isActive":null,"lastSeenAt":"2026-01-02T03:04:05.678Z"}""");
        Assert.That(registered.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await CallAsync(TypeScript, "GET", "/api/GetDevice?id=1"))["lastSeenAt"], Is.EqualTo("2026-01-02T03:04:05.678Z"));
        Assert.That((await CallAsync(TypeScript, "GET", "/api/QueryDevices?ids=1&isActive=true")).Json.GetProperty("results").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await CallAsync(TypeScript, "DELETE", "/api/DeleteDevice?id=1")).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_list_of_thousands_of_ids_fits_into_a_query_and_100_000_keys_are_refused_by_code()
    {
        await _host.RegisterAsync("apns", _token);

        var answer = await CallAsync(JsonServiceClient, "GET", $"/devices?ids={string.Join(',', Enumerable.Range(1, 5000))}");
        Assert.That(answer.Json.GetProperty("results").GetArrayLength(), Is.EqualTo(1));
        answer = await CallAsync(JsonServiceClient, "GET", $"/devices?{string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"k{i}=1"))}");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.BadRequest, "ValidationException")));
    }

    private async Task<Answer> CallAsync(string[] headers, string verb, string path, string? body = null, string? key = TestHost.AdminKey)
    {
        using var request = new HttpRequestMessage(new(verb), path);
        // A body of no bytes carries the Content-Type that these clients send with GET and DELETE.
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? ""));
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        foreach (var header in headers.Select(header => header.Split(": ")))
        {
            if (!request.Headers.TryAddWithoutValidation(header[0], header[1]))
                request.Content.Headers.TryAddWithoutValidation(header[0], header[1]);
        }
        using var response = await _host.Client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), all);
    }
}
