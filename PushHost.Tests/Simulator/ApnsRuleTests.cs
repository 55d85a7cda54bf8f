using System.Net;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>What the simulated APNs refuses, and the edges of what it takes.</summary>
public class ApnsRuleTests
{
    private const string Background = """{"aps":{"content-available":1},"id":7}""";

    [TestCase("apns-id", "123e4567-e89b-12d3-a456-426614174000", null)]
    [TestCase("apns-id", "123E4567-e89b-12d3-a456-426614174000", "BadMessageId")]
    [TestCase("apns-id", "123e4567e89b12d3a456426614174000", "BadMessageId")]
    [TestCase("apns-priority", "1", null)]
    [TestCase("apns-priority", "5", null)]
    [TestCase("apns-priority", "10", null)]
    [TestCase("apns-priority", "7", "BadPriority")]
    [TestCase("apns-expiration", "0", null)]
    [TestCase("apns-expiration", "1700000000", null)]
    [TestCase("apns-expiration", "-1", "BadExpirationDate")]
    [TestCase("apns-expiration", "tomorrow", "BadExpirationDate")]
    [TestCase("apns-push-type", "alert", null)]
    [TestCase("apns-push-type", "shout", "InvalidPushType")]
    [TestCase("apns-topic", "com.example.other", "TopicDisallowed")]
    [TestCase("apns-topic", "com.example.pushhost.voip", "BadTopic")]
    [TestCase("apns-topic", null, "MissingTopic")]
    [TestCase("authorization", null, "MissingProviderToken")]
    [TestCase("authorization", "bearer a.b.c", "InvalidProviderToken")]
    public async Task A_header_is_held_to_its_rule(string name, string? value, string? reason)
    {
        var reply = await SendAsync(request =>
        {
            request.Headers.Remove(name);
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        });

        Assert.That(reply.Reason, Is.EqualTo(reason));
    }

    [TestCase(64, null)]
    [TestCase(65, "BadCollapseId")]
    public async Task A_collapse_id_has_at_most_64_bytes(int bytes, string? reason)
    {
        var reply = await SendAsync(request => request.Headers.Add("apns-collapse-id", new string('c', bytes)));

        Assert.That(reply.Reason, Is.EqualTo(reason));
    }

    [TestCase("alert", "", "5", ApnsCaller.Alert, null)]
    [TestCase("background", "", "5", Background, null)]
    [TestCase("background", "", "10", Background, "BadPriority")]
    [TestCase("background", "", null, Background, "BadPriority")]
    [TestCase("background", "", "5", ApnsCaller.Alert, "InvalidPushType")]
    [TestCase("background", "", "5", """{"aps":{"content-available":1,"badge":1}}""", "InvalidPushType")]
    [TestCase("voip", ".voip", null, "{}", null)]
    [TestCase("voip", "", null, "{}", "BadTopic")]
    [TestCase("complication", ".complication", null, "{}", null)]
    [TestCase("fileprovider", ".pushkit.fileprovider", null, "{}", null)]
    [TestCase("location", ".location-query", null, "{}", null)]
    [TestCase("liveactivity", ".push-type.liveactivity", "10", "{}", null)]
    [TestCase("pushtotalk", ".voip-ptt", "10", "{}", null)]
    [TestCase("widgets", ".push-type.widgets", null, """{"aps":{"content-changed":true}}""", null)]
    [TestCase("controls", ".push-type.controls", null, "{}", null)]
    public async Task A_push_type_demands_its_topic_priority_and_payload(string type, string suffix, string? priority, string payload, string? reason)
    {
        var reply = await SendAsync(
            request =>
            {
                request.Headers.Remove("apns-topic");
                request.Headers.Add("apns-topic", "com.example.pushhost" + suffix);
                if (priority is not null)
                    request.Headers.Add("apns-priority", priority);
            },
            payload,
            type);

        Assert.That(reply.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task Device_management_has_a_topic_and_a_payload_of_its_own()
    {
        var reply = await SendAsync(
            request =>
            {
                request.Headers.Remove("apns-topic");
                request.Headers.Add("apns-topic", "com.apple.mgmt.External.1");
            },
            """{"mdm":"magic"}""",
            "mdm");

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Body);
    }

    [TestCase("alert", "", 4096, null)]
    [TestCase("alert", "", 4097, "PayloadTooLarge")]
    [TestCase("voip", ".voip", 5120, null)]
    [TestCase("voip", ".voip", 5121, "PayloadTooLarge")]
    [TestCase("alert", "", 0, "PayloadEmpty")]
    public async Task A_payload_has_its_types_size(string type, string suffix, int bytes, string? reason)
    {
        var payload = bytes == 0 ? "" : "{\"aps\":{},\"x\":\"" + new string('x', bytes - 17) + "\"}";
        Assert.That(payload, Has.Length.EqualTo(bytes));

        var reply = await SendAsync(
            request =>
            {
                request.Headers.Remove("apns-topic");
                request.Headers.Add("apns-topic", "com.example.pushhost" + suffix);
            },
            payload,
            type);

        Assert.That(reply.Reason, Is.EqualTo(reason));
        Assert.That((int)reply.Status, Is.EqualTo(reason switch { null => 200, "PayloadTooLarge" => 413, _ => 400 }));
    }

    [TestCase("{\"aps\":")]
    [TestCase("[]")]
    [TestCase("{\"aps\":1}")]
    [TestCase("{}{}")]
    [TestCase("hello")]
    public async Task A_payload_that_is_no_object_with_aps_is_refused(string payload)
    {
        Assert.That((await SendAsync(_ => { }, payload)).Reason, Is.EqualTo("BadPayload"));
    }

    [TestCase("/3/device/", 400, "MissingDeviceToken")]
    [TestCase("/3/device", 400, "MissingDeviceToken")]
    [TestCase("/3/device/abc", 400, "BadDeviceToken")]
    [TestCase("/3/device/zz", 400, "BadDeviceToken")]
    [TestCase("/2/device/00", 404, "BadPath")]
    [TestCase("/3/device/00/ff", 404, "BadPath")]
    public async Task The_path_names_a_token_in_hex(string path, int status, string reason)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        var request = caller.NewRequest("00");
        request.RequestUri = new Uri($"https://localhost:{simulator.ApnsPort}{path}");

        var reply = await caller.SendAsync(request);

        Assert.That(((int)reply.Status, reply.Reason), Is.EqualTo((status, reason)));
    }

    [Test]
    public async Task Tokens_of_any_even_length_up_to_512_are_good_and_others_are_not()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);

        await Gen.Int[1, 600].SampleAsync(
            async length =>
            {
                var reply = await caller.PushAsync(new string('a', length));
                return reply.Reason == (length % 2 == 0 && length <= 512 ? null : "BadDeviceToken");
            },
            iter: 60);
    }

    [TestCase(1, "")]
    [TestCase(2, "DuplicateHeaders")]
    public async Task A_header_is_sent_once(int times, string reason)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        await using var client = await RawHttp2Client.ConnectAsync(simulator);

        await client.PushAsync(1, ApnsCaller.ProviderToken(simulator, TimeProvider.System.GetUtcNow()), topics: times);
        await client.ReadUntilAsync(frame => frame.StreamId == 1);

        Assert.That(simulator.Apns.Outbox.Entries.Single().Outcome.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task Only_POST_is_allowed()
    {
        var reply = await SendAsync(request => request.Method = HttpMethod.Put);

        Assert.That(((int)reply.Status, reply.Reason), Is.EqualTo((405, "MethodNotAllowed")));
    }

    [TestCase(0, null)]
    [TestCase(60, null)]
    [TestCase(61, "ExpiredProviderToken")]
    [TestCase(-61, "InvalidProviderToken")]
    public async Task A_provider_token_is_good_for_an_hour(int ageMinutes, string? reason)
    {
        // On a whole second, as provider tokens count.
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Time = time });

        var reply = await SendWithTokenAsync(simulator, ApnsCaller.ProviderToken(simulator, time.GetUtcNow().AddMinutes(-ageMinutes)));

        Assert.That(reply.Reason, Is.EqualTo(reason));
        Assert.That((int)reply.Status, Is.EqualTo(reason is null ? 200 : 403));
    }

    [TestCase("OTHERKEY01", null)]
    [TestCase(null, "OTHERTEAM1")]
    public async Task A_provider_token_of_another_key_or_team_is_invalid(string? keyId, string? teamId)
    {
        await using var simulator = await GatewaySimulator.StartAsync();

        var reply = await SendWithTokenAsync(simulator, ApnsCaller.ProviderToken(simulator, TimeProvider.System.GetUtcNow(), keyId, teamId));

        Assert.That(reply.Reason, Is.EqualTo("InvalidProviderToken"));
    }

    [Test]
    public async Task A_provider_token_signed_by_another_key_is_invalid()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        await using var other = await GatewaySimulator.StartAsync();

        var reply = await SendWithTokenAsync(simulator, ApnsCaller.ProviderToken(other, TimeProvider.System.GetUtcNow()));

        Assert.That(reply.Reason, Is.EqualTo("InvalidProviderToken"));
    }

    [TestCase(19, "TooManyProviderTokenUpdates")]
    [TestCase(20, null)]
    public async Task A_connections_provider_token_is_renewed_every_20_minutes_at_most(int minutes, string? reason)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Time = time });
        using var caller = new ApnsCaller(simulator, time);
        await caller.PushAsync("00ff");
        time.Advance(TimeSpan.FromMinutes(minutes));

        var reply = await SendWithTokenAsync(caller, ApnsCaller.ProviderToken(simulator, time.GetUtcNow()));
        var withFirst = await caller.PushAsync("00ff");

        Assert.That(reply.Reason, Is.EqualTo(reason));
        Assert.That((int)reply.Status, Is.EqualTo(reason is null ? 200 : 429));
        // Going back to the first token is a change too, if the second one was taken.
        Assert.That(withFirst.Reason, Is.Null);
    }

    [Test]
    public async Task A_client_certificate_needs_neither_provider_token_nor_topic()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var certificate = X509CertificateLoader.LoadPkcs12(
            simulator.Credentials.ClientCertificateP12, simulator.Credentials.ClientCertificatePassword);
        using var caller = new ApnsCaller(simulator, certificate: certificate);
        var request = caller.NewRequest("00ff");
        request.Headers.Remove("apns-topic");

        var reply = await caller.SendAsync(request);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Body);
    }

    [Test]
    public async Task Another_client_certificate_is_a_bad_one()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        await using var other = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator, certificate: other.Credentials.ClientCertificate);

        var reply = await caller.PushAsync("00ff");

        Assert.That(((int)reply.Status, reply.Reason), Is.EqualTo((403, "BadCertificate")));
    }

    [Test]
    public async Task A_token_of_the_other_environment_is_a_bad_one()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.MarkOtherEnvironment("00ff");

        Assert.That((await caller.PushAsync("00FF")).Reason, Is.EqualTo("BadDeviceToken"));
    }

    [Test]
    public async Task Registered_tokens_can_be_the_only_good_ones()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { RequireRegisteredTokens = true });
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.RegisterToken("aa");
        simulator.Apns.RegisterToken("bb", topic: "com.example.pushhost.voip");

        Assert.That((await caller.PushAsync("AA")).Reason, Is.Null);
        Assert.That((await caller.PushAsync("bb")).Reason, Is.EqualTo("DeviceTokenNotForTopic"));
        Assert.That((await caller.PushAsync("cc")).Reason, Is.EqualTo("BadDeviceToken"));
    }

    [Test]
    public async Task The_sandbox_names_each_notification_twice()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { Environment = ApnsEnvironment.Sandbox });
        using var caller = new ApnsCaller(simulator);

        var reply = await caller.PushAsync("00ff");

        Assert.That(Guid.TryParse(reply.Header("apns-id"), out _));
        Assert.That(Guid.TryParse(reply.Header("apns-unique-id"), out _));
    }

    private static async Task<ApnsReply> SendAsync(Action<HttpRequestMessage> change, string payload = ApnsCaller.Alert, string pushType = "alert")
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        var request = caller.NewRequest("00ff", payload, pushType);
        change(request);
        return await caller.SendAsync(request);
    }

    private static async Task<ApnsReply> SendWithTokenAsync(GatewaySimulator simulator, string jwt)
    {
        using var caller = new ApnsCaller(simulator);
        return await SendWithTokenAsync(caller, jwt);
    }

    private static Task<ApnsReply> SendWithTokenAsync(ApnsCaller caller, string jwt)
    {
        var request = caller.NewRequest("00ff");
        request.Headers.Authorization = new("bearer", jwt);
        return caller.SendAsync(request);
    }
}
