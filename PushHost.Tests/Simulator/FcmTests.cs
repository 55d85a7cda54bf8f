using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

public class FcmTests
{
    [Test]
    public async Task A_good_message_is_accepted_and_found_in_the_outbox()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);

        var reply = await caller.SendToAsync("token-1");

        Assert.That(reply.Status, Is.EqualTo(200), reply.Text);
        Assert.That((string?)reply.Body!["name"], Does.StartWith("projects/pushhost-simulator/messages/"));
        var entry = simulator.Fcm.Outbox.Entries.Single();
        Assert.That((entry.Gateway, entry.Token, entry.Outcome.IsAccepted), Is.EqualTo(("fcm", "token-1", true)));
        Assert.That(simulator.Fcm.Stats.TokensIssued, Is.EqualTo(1));
    }

    [TestCase("iss", "\"someone@else\"")]
    [TestCase("scope", "\"https://www.googleapis.com/auth/drive\"")]
    [TestCase("aud", "\"https://oauth2.googleapis.com/token\"")]
    [TestCase("iat", "\"now\"")]
    [TestCase("exp", "1000")]
    [TestCase("exp", "9999999999")]
    [TestCase("iat", "9999999999")]
    public async Task An_assertion_with_a_wrong_claim_is_an_invalid_grant(string claim, string value)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.ExchangeAsync(caller.Assertion(TimeProvider.System.GetUtcNow(), claims => claims[claim] = JsonNode.Parse(value)));

        Assert.That((reply.Status, (string?)reply.Body!["error"]), Is.EqualTo((400, "invalid_grant")));
        Assert.That(simulator.Fcm.Stats.TokensIssued, Is.Zero);
    }

    [Test]
    public async Task An_assertion_signed_by_another_key_or_way_is_an_invalid_grant()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);
        using var other = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();

        Assert.That((string?)(await caller.ExchangeAsync(caller.Assertion(now, signer: other))).Body!["error"], Is.EqualTo("invalid_grant"));
        Assert.That((string?)(await caller.ExchangeAsync(caller.Assertion(now, algorithm: "HS256"))).Body!["error"], Is.EqualTo("invalid_grant"));
        Assert.That((string?)(await caller.ExchangeAsync("nonsense")).Body!["error"], Is.EqualTo("invalid_grant"));
        Assert.That(
            (string?)(await caller.ExchangeAsync(caller.Assertion(now), "password")).Body!["error"], Is.EqualTo("unsupported_grant_type"));
    }

    [Test]
    public async Task An_access_token_is_good_until_it_expires_or_is_revoked()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var simulator = await GatewaySimulator.StartAsync(
            new SimulatorOptions { Time = time, AccessTokenLifetime = TimeSpan.FromMinutes(10) });
        using var caller = await FcmCaller.AuthorizedAsync(simulator, time);

        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.That((await caller.SendToAsync("a")).Status, Is.EqualTo(200));
        time.Advance(TimeSpan.FromTicks(1));
        var expired = await caller.SendToAsync("a");
        using var renewed = await FcmCaller.AuthorizedAsync(simulator, time);
        simulator.Fcm.RevokeAccessTokens();
        var revoked = await renewed.SendToAsync("a");

        Assert.That((expired.Status, expired.RpcStatus, expired.ErrorCode), Is.EqualTo((401, "UNAUTHENTICATED", (string?)null)));
        Assert.That(revoked.Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Another_project_is_forbidden()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);

        var reply = await caller.SendAsync("""{"message":{"token":"a"}}""", project: "other");

        Assert.That((reply.Status, reply.RpcStatus, reply.ErrorCode), Is.EqualTo((403, "PERMISSION_DENIED", (string?)null)));
    }

    [TestCase("""{"message":{"token":"a","data":{"k":"v"},"notification":{"title":"t","body":"b"}}}""")]
    [TestCase("""{"message":{"topic":"news"}}""")]
    [TestCase("""{"message":{"condition":"'a' in topics && 'b' in topics"}}""")]
    [TestCase("""{"message":{"fid":"installation"}}""")]
    [TestCase("""{"validateOnly":false,"message":{"token":"a","android":{"collapseKey":"k","priority":"HIGH","ttl":"3.5s"}}}""")]
    [TestCase("""{"message":{"token":"a","android":{"collapse_key":"k","priority":"high","ttl":"2419200s","direct_boot_ok":true}}}""")]
    [TestCase("""{"message":{"token":"a","android":{"notification":{"notification_count":3,"color":"#a0b1c2","vibrate_timings":["0.5s"]}}}}""")]
    [TestCase("""{"message":{"token":"a","apns":{"headers":{"apns-priority":"5"},"payload":{"aps":{"badge":1}}}}}""")]
    [TestCase("""{"message":{"token":"a","webpush":{"headers":{"TTL":"1"},"notification":{"any":[1]},"fcm_options":{"link":"https://x"}}}}""")]
    [TestCase("""{"message":{"token":"a","topic":null}}""")]
    public async Task A_message_of_the_documented_shape_is_accepted(string body)
    {
        Assert.That((await SendAsync(body)).Text, Does.Contain("projects/pushhost-simulator/messages/"));
    }

    [TestCase("""{"message":{"token":"a","data":{"n":12}}}""", "message.data[0].value")]
    [TestCase("""{"message":{"token":"a","data":{"s":"s","n":null}}}""", "message.data[1].value")]
    [TestCase("""{"message":{"token":"a","data":{"from":"me"}}}""", "message.data")]
    [TestCase("""{"message":{"token":"a","data":{"google.x":"me"}}}""", "message.data")]
    [TestCase("""{"message":{"token":"a","topic":"b"}}""", "message")]
    [TestCase("""{"message":{"data":{"a":"b"}}}""", "message")]
    [TestCase("""{}""", "message")]
    [TestCase("""{"message":{"token":"a","unknown":1}}""", "message")]
    [TestCase("""{"message":{"token":12}}""", "message.token")]
    [TestCase("""{"message":{"token":"a","android":{"ttl":3600}}}""", "message.android.ttl")]
    [TestCase("""{"message":{"token":"a","android":{"ttl":"3600"}}}""", "message.android.ttl")]
    [TestCase("""{"message":{"token":"a","android":{"ttl":"2419201s"}}}""", "message.android.ttl")]
    [TestCase("""{"message":{"token":"a","android":{"ttl":"-1s"}}}""", "message.android.ttl")]
    [TestCase("""{"message":{"token":"a","android":{"priority":"urgent"}}}""", "message.android.priority")]
    [TestCase("""{"message":{"token":"a","android":{"notification":{"notification_count":"many"}}}}""", "message.android.notification.notification_count")]
    [TestCase("""{"message":{"token":"a","android":{"notification":{"notification_count":1.5}}}}""", "message.android.notification.notification_count")]
    [TestCase("""{"message":{"token":"a","android":{"notification":{"color":"red"}}}}""", "message.android.notification.color")]
    [TestCase("""{"message":{"token":"a","android":{"notification":{"title_loc_args":["x"]}}}}""", "message.android.notification.title_loc_args")]
    [TestCase("""{"message":{"topic":"/topics/news"}}""", "message.topic")]
    [TestCase("""{"validate_only":"yes","message":{"token":"a"}}""", "validate_only")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var reply = await SendAsync(body);

        Assert.That((reply.Status, reply.RpcStatus), Is.EqualTo((400, "INVALID_ARGUMENT")), reply.Text);
        Assert.That(reply.ViolatedField, Is.EqualTo(field));
    }

    [TestCase("{\"message\":")]
    [TestCase("[]")]
    [TestCase("")]
    public async Task A_body_that_is_no_JSON_object_is_an_invalid_argument(string body)
    {
        var reply = await SendAsync(body);

        Assert.That((reply.Status, reply.RpcStatus), Is.EqualTo((400, "INVALID_ARGUMENT")), reply.Text);
    }

    [TestCase(4096, 200)]
    [TestCase(4097, 400)]
    public async Task The_payload_has_at_most_4096_bytes(int bytes, int status)
    {
        var reply = await SendAsync("{\"message\":{\"token\":\"a\",\"data\":{\"k\":\"" + new string('x', bytes - 1) + "\"}}}");

        Assert.That(reply.Status, Is.EqualTo(status), reply.Text);
    }

    [Test]
    public async Task Validate_only_answers_and_delivers_nothing()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);

        var reply = await caller.SendAsync("""{"validate_only":true,"message":{"token":"a"}}""");

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(simulator.Fcm.Outbox.Total, Is.Zero);
        Assert.That(simulator.Fcm.Stats.Accepted, Is.Zero);
    }

    [TestCase("INVALID_ARGUMENT", 400, "INVALID_ARGUMENT")]
    [TestCase("UNREGISTERED", 404, "NOT_FOUND")]
    [TestCase("SENDER_ID_MISMATCH", 403, "PERMISSION_DENIED")]
    [TestCase("QUOTA_EXCEEDED", 429, "RESOURCE_EXHAUSTED")]
    [TestCase("UNAVAILABLE", 503, "UNAVAILABLE")]
    [TestCase("INTERNAL", 500, "INTERNAL")]
    [TestCase("THIRD_PARTY_AUTH_ERROR", 401, "UNAUTHENTICATED")]
    public async Task An_errorCode_comes_with_its_status_and_details(string errorCode, int status, string rpcStatus)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);
        simulator.Fcm.FaultToken("a", FcmFault.Error(errorCode, TimeSpan.FromSeconds(30)), times: 1);

        var reply = await caller.SendToAsync("a");

        Assert.That((reply.Status, reply.RpcStatus, reply.ErrorCode), Is.EqualTo((status, rpcStatus, errorCode)));
        Assert.That(reply.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(reply.ViolatedField, Is.Null);
        Assert.That((await caller.SendToAsync("a")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_missing_project_has_no_errorCode()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);
        simulator.Fcm.FaultAll(FcmFault.ProjectNotFound());

        var reply = await caller.SendToAsync("a");

        Assert.That((reply.Status, reply.RpcStatus, reply.ErrorCode), Is.EqualTo((404, "NOT_FOUND", (string?)null)));
    }

    [Test]
    public async Task The_token_endpoint_has_faults_of_its_own()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);
        simulator.Fcm.FaultTokenEndpoint(Fault.HtmlPage(), times: 1);

        var reply = await caller.ExchangeAsync(caller.Assertion(TimeProvider.System.GetUtcNow()));

        Assert.That(reply.Status, Is.EqualTo(502));
        Assert.That(reply.Text, Does.StartWith("<html>"));
        Assert.That((await caller.SendToAsync("a")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task FCM_speaks_HTTP_1_1_too_and_a_GOAWAY_is_a_reset_there()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var client = new HttpClient(ApnsCaller.NewHandler(simulator));
        var uri = new Uri($"https://localhost:{simulator.FcmPort}/gcm/send");
        simulator.Fcm.FaultAll(Fault.GoAway(), times: 1);
        async Task<HttpResponseMessage> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new StringContent("""{"to":"a"}""", null, "application/json") };
            request.Headers.TryAddWithoutValidation("Authorization", "key=" + simulator.Credentials.LegacyApiKey);
            return await client.SendAsync(request);
        }

        Assert.That(SendAsync, Throws.InstanceOf<HttpRequestException>());
        using var response = await SendAsync();

        Assert.That((response.StatusCode, response.Version), Is.EqualTo((HttpStatusCode.OK, HttpVersion.Version11)));
    }

    private static async Task<FcmReply> SendAsync(string body)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = await FcmCaller.AuthorizedAsync(simulator);
        return await caller.SendAsync(body);
    }
}
