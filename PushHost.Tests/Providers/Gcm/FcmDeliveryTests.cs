using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Gcm;

public sealed class FcmDeliveryTests
{
    [Test]
    public async Task A_message_reaches_the_gateway_and_its_name_comes_back()
    {
        await using var host = await GcmHost.FcmAsync();

        var verdicts = await host.DeliverAsync(Batches.Of(host.Hello, Expiry.Until(host.Time.GetUtcNow().AddMinutes(5)), "token-1"));

        Assert.That(verdicts.Single(), Is.InstanceOf<Accepted>().With.Property("GatewayMessageId").StartsWith("projects/pushhost-simulator/messages/"));
        var sent = JsonNode.Parse(host.Simulator.Fcm.Outbox.Entries.Single().Body.Span);
        Assert.That(JsonNode.DeepEquals(sent, JsonNode.Parse(
            """{"message":{"token":"token-1","notification":{"body":"Hello"},"android":{"priority":"HIGH","ttl":"300s"}}}""")), Is.True, sent!.ToJsonString());
    }

    private static IEnumerable<TestCaseData> Lifetimes()
    {
        yield return new TestCaseData(Expiry.GatewayDefault, null);
        yield return new TestCaseData(Expiry.Now, "0s");
        yield return new TestCaseData(Expiry.Until(new DateTimeOffset(2026, 11, 1, 12, 1, 0, TimeSpan.Zero)), "60s");
        yield return new TestCaseData(Expiry.Until(new DateTimeOffset(2026, 11, 1, 11, 0, 0, TimeSpan.Zero)), "0s");
        yield return new TestCaseData(Expiry.Until(new DateTimeOffset(2027, 11, 1, 12, 0, 0, TimeSpan.Zero)), "2419200s");
    }

    [TestCaseSource(nameof(Lifetimes))]
    public async Task The_gateway_is_told_what_is_left_of_the_time_to_live(Expiry expiry, string? ttl)
    {
        await using var host = await GcmHost.FcmAsync();

        await host.DeliverAsync(Batches.Of(host.Hello, expiry, "t"));

        var message = JsonNode.Parse(host.Simulator.Fcm.Outbox.Entries.Single().Body.Span)!["message"]!;
        Assert.That((string?)message["android"]!["ttl"], Is.EqualTo(ttl));
    }

    [Test]
    public async Task A_batch_shares_one_access_token_and_few_connections()
    {
        await using var host = await GcmHost.FcmAsync();
        var tokens = Enumerable.Range(0, 500).Select(number => $"token-{number}").ToArray();

        var verdicts = await host.DeliverAsync(tokens);

        var stats = host.Simulator.Fcm.Stats;
        Assert.Multiple(() =>
        {
            Assert.That(verdicts, Has.All.InstanceOf<Accepted>());
            Assert.That(verdicts.Distinct().Count(), Is.EqualTo(500), "each has its own name");
            Assert.That(host.Simulator.Fcm.Outbox.Entries.Select(entry => entry.Token), Is.EquivalentTo(tokens));
            Assert.That(stats.TokensIssued, Is.EqualTo(1));
            Assert.That(stats.ConnectionsOpened, Is.LessThanOrEqualTo(5), "four for messages, one for the token");
            Assert.That(stats.StreamLimitViolations, Is.Zero);
        });
    }

    private static IEnumerable<TestCaseData> Faults()
    {
        yield return Row("gone", FcmFault.Unregistered(), new Unregistered("UNREGISTERED", null));
        yield return Row("bad token", FcmFault.InvalidToken(), new TokenRejected("INVALID_ARGUMENT") { MayBeOurFault = true });
        yield return Row("other sender", FcmFault.Error("SENDER_ID_MISMATCH"), new TokenRejected("SENDER_ID_MISMATCH") { MayBeOurFault = true });
        yield return Row("APNs key", FcmFault.Error("THIRD_PARTY_AUTH_ERROR"), new CredentialRejected("THIRD_PARTY_AUTH_ERROR", VerdictScope.Target));
        yield return Row("no role", FcmFault.Forbidden(), new CredentialRejected("PERMISSION_DENIED"));
        yield return Row("no project", FcmFault.ProjectNotFound(), new CredentialRejected("NOT_FOUND"));
        yield return Row("hotel", Fault.Answer(200, "hotel", "<html>Welcome</html>", "text/html"), new Unknown("HTTP 200 without a message name"));
        yield return Row("not JSON", Fault.NotJson(200), new Unknown("HTTP 200 without a message name"));
        yield return Row("truncated JSON", Fault.TruncatedJson(200), new Unknown("HTTP 200 without a message name"));
        yield return Row("huge body", Fault.HugeBody(200), new Unknown("HTTP 200 without a message name"));
        yield return Row("internal stream error", Fault.StreamReset(2), new Unknown("the gateway ended the request with HTTP/2 error 2"));

        static TestCaseData Row(string name, Fault fault, Verdict expected) => new TestCaseData(fault, expected).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Faults))]
    public async Task What_happens_to_one_is_its_verdict_and_no_other(Fault fault, Verdict expected)
    {
        await using var host = await GcmHost.FcmAsync();
        host.Simulator.Fcm.FaultToken("odd", fault);

        var verdicts = await host.DeliverAsync("even-1", "odd", "even-2");

        Assert.That(verdicts[1], Is.EqualTo(expected));
        Assert.That(new[] { verdicts[0], verdicts[2] }, Has.All.InstanceOf<Accepted>());
    }

    [Test]
    public async Task A_gateway_that_is_down_or_full_says_when_to_come_again()
    {
        await using var host = await GcmHost.FcmAsync();
        var now = host.Time.GetUtcNow();
        host.Simulator.Fcm.FaultToken("full", FcmFault.QuotaExceeded(TimeSpan.FromSeconds(90)));
        host.Simulator.Fcm.FaultToken("down", FcmFault.Unavailable(TimeSpan.FromSeconds(2)));
        host.Simulator.Fcm.FaultToken("proxy", Fault.HtmlPage());
        host.Simulator.Fcm.FaultToken("elsewhere", Fault.Answer(302, "moved"));

        Assert.That(await host.DeliverAsync("full", "down", "proxy", "elsewhere"), Is.EqualTo(new Verdict[]
        {
            new Throttled("QUOTA_EXCEEDED", now.AddSeconds(90), VerdictScope.Credential),
            new Unavailable("UNAVAILABLE", now.AddSeconds(10), VerdictScope.Gateway, true),
            new Unavailable("HTTP 502", now.AddSeconds(10), VerdictScope.Gateway, true),
            new Unavailable("HTTP 302", now.AddSeconds(10), VerdictScope.Gateway, true),
        }));
    }

    [Test]
    public async Task Headers_without_end_are_unknown()
    {
        await using var host = await GcmHost.FcmAsync();
        host.Simulator.Fcm.FaultToken("endless", Fault.EndlessHeaders());

        Assert.That((await host.DeliverAsync("endless")).Single(), Is.InstanceOf<Unknown>());
    }

    [Test]
    public async Task A_refused_stream_is_sent_again_and_no_verdict()
    {
        await using var host = await GcmHost.FcmAsync();
        host.Simulator.Fcm.FaultToken("refused", Fault.StreamReset(), times: 1);

        Assert.That((await host.DeliverAsync("refused")).Single(), Is.InstanceOf<Accepted>());
    }

    [Test]
    public async Task An_access_token_that_ended_early_is_replaced_and_the_message_sent_again()
    {
        await using var host = await GcmHost.FcmAsync();
        await host.DeliverAsync("before");
        host.Simulator.Fcm.RevokeAccessTokens();

        var verdicts = await host.DeliverAsync([.. Enumerable.Range(0, 50).Select(number => $"after-{number}")]);

        Assert.That(verdicts, Has.All.InstanceOf<Accepted>());
        Assert.That(host.Simulator.Fcm.Stats.TokensIssued, Is.EqualTo(2));
    }

    [Test]
    public async Task A_gateway_that_refuses_every_access_token_rejects_the_credential()
    {
        await using var host = await GcmHost.FcmAsync();
        host.Simulator.Fcm.FaultAll(FcmFault.Unauthenticated());

        var verdicts = await host.DeliverAsync([.. Enumerable.Range(0, 50).Select(number => $"token-{number}")]);

        Assert.That(verdicts, Has.All.EqualTo(new CredentialRejected("UNAUTHENTICATED")));
        Assert.That(host.Simulator.Fcm.Stats.TokensIssued, Is.EqualTo(2), "not one for each message");
    }

    [Test]
    public async Task Without_a_token_endpoint_nothing_is_sent_and_nothing_lost()
    {
        await using var host = await GcmHost.FcmAsync();
        host.Simulator.Fcm.FaultTokenEndpoint(Fault.HtmlPage());

        var verdicts = await host.DeliverAsync("a", "b");

        Assert.That(verdicts, Has.All.EqualTo(new Unavailable("token endpoint: HTTP 502 without an access token", host.Time.GetUtcNow().AddSeconds(1),
            VerdictScope.Credential, MayHaveProcessed: false)));
        Assert.That(host.Simulator.Fcm.Outbox.Total, Is.Zero);
    }

    [Test]
    public async Task An_account_of_another_project_is_a_rejected_credential()
    {
        await using var host = await GcmHost.FcmAsync(("ProjectId", "somebody-elses"));

        Assert.That((await host.DeliverAsync("t")).Single(), Is.EqualTo(new CredentialRejected("PERMISSION_DENIED")));
    }

    [Test]
    public async Task A_bad_message_is_told_from_a_bad_token()
    {
        await using var host = await GcmHost.FcmAsync();
        var message = new PushMessage { Body = "b", Overrides = System.Text.Json.JsonDocument.Parse("""{"message":{"android":{"notification":{"color":"red"}}}}""").RootElement };

        var verdicts = await host.DeliverAsync(Batches.Of(host.Provider.Encode(new Rendering { Message = message }), "t"));

        Assert.That(verdicts.Single(), Is.EqualTo(new MessageRejected("INVALID_ARGUMENT message.android.notification.color")));
    }

    [Test]
    public async Task Silence_is_unknown_after_the_request_timeout()
    {
        await using var host = await GcmHost.FcmAsync(("RequestTimeoutSeconds", "20"));
        host.Simulator.Fcm.FaultToken("silent", Fault.NoAnswer());

        var delivery = host.DeliverAsync("silent");
        await host.Simulator.Fcm.Outbox.WaitForTotalAsync(1);
        host.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.That((await delivery).Single(), Is.EqualTo(new Unknown("no answer within 20 s")));
    }

    [Test]
    public async Task A_host_that_stops_leaves_what_has_no_answer_unreported()
    {
        await using var host = await GcmHost.FcmAsync();
        host.Simulator.Fcm.FaultToken("silent", Fault.NoAnswer());
        var sink = new TestSink();
        using var stopping = new CancellationTokenSource();

        var delivery = host.Provider.DeliverAsync(Batches.Of(host.Hello, "silent"), sink, stopping.Token);
        await host.Simulator.Fcm.Outbox.WaitForTotalAsync(1);
        await stopping.CancelAsync();

        Assert.That(async () => await delivery, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(sink.Count, Is.Zero);
    }

    [Test]
    public async Task Nothing_begins_after_the_engine_says_no()
    {
        await using var host = await GcmHost.FcmAsync();
        var sink = new TestSink(requests: 2);

        await host.Provider.DeliverAsync(Batches.Of(host.Hello, "a", "b", "c"), sink, CancellationToken.None);

        Assert.That(sink.Begun, Is.EqualTo([(0, 1), (1, 1)]));
        Assert.That(sink.Count, Is.EqualTo(2));
        Assert.That(host.Simulator.Fcm.Outbox.Total, Is.EqualTo(2));
    }

    [Test]
    public async Task A_gateway_that_is_away_has_processed_nothing()
    {
        // Bound and not listening: whoever connects is refused, and nobody else can take the port.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var host = await GcmHost.FcmAsync(("Endpoint", $"https://127.0.0.1:{((IPEndPoint)nobody.LocalEndPoint!).Port}"));

        Assert.That((await host.DeliverAsync("after")).Single(),
            Is.InstanceOf<Unavailable>().With.Property("MayHaveProcessed").False.And.Property("Scope").EqualTo(VerdictScope.Gateway));
    }

    [Test]
    public async Task A_topic_is_a_target_too()
    {
        await using var host = await GcmHost.FcmAsync();
        var large = host.Provider.Encode(new Rendering { Message = new PushMessage { Body = new string('x', 2049) } });

        Assert.That((await host.DeliverAsync(To(host.Hello))).Single(), Is.InstanceOf<Accepted>());
        Assert.That(Encoding.UTF8.GetString(host.Simulator.Fcm.Outbox.Entries.Single().Body.Span), Does.StartWith("""{"message":{"topic":"news","""));
        Assert.That((await host.DeliverAsync(To(large))).Single(), Is.EqualTo(new MessageRejected("2049 bytes, and FCM takes 2048 for a topic")));

        static Batch To(EncodedPayload payload) => new()
        {
            Expiry = Expiry.GatewayDefault,
            Recipients = [new Recipient { Target = new Target(TargetKind.Topic, "news"), Payload = payload, Id = Guid.NewGuid() }],
        };
    }
}
