using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Gcm;

public sealed class LegacyDeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Many_share_a_request_and_each_has_its_verdict()
    {
        await using var host = await GcmHost.LegacyAsync(("MaxRecipients", "100"));
        host.Simulator.Fcm.FaultToken("t-7", LegacyFault.Error("NotRegistered"));
        host.Simulator.Fcm.FaultToken("t-205", LegacyFault.Canonical("new-205"));

        var verdicts = await host.DeliverAsync([.. Enumerable.Range(0, 250).Select(number => $"t-{number}")]);

        Assert.Multiple(() =>
        {
            Assert.That(host.Simulator.Fcm.Stats.Requests, Is.EqualTo(3));
            Assert.That(verdicts[7], Is.EqualTo(new Unregistered("NotRegistered", null)));
            Assert.That(verdicts[205], Is.InstanceOf<Replaced>().With.Property("RegistrationId").EqualTo("new-205"));
            Assert.That(verdicts.OfType<Accepted>().Count(), Is.EqualTo(248));
        });
    }

    [Test]
    public async Task A_request_holds_one_message_and_what_is_left_of_its_life()
    {
        await using var host = await GcmHost.LegacyAsync();
        var other = host.Provider.Encode(new Rendering { Message = new PushMessage { Body = "Bonjour" } });
        var batch = new Batch
        {
            Expiry = Expiry.Until(Now.AddMinutes(1)),
            Recipients = [.. Batches.Of(host.Hello, "a", "b").Recipients, .. Batches.Of(other, "c").Recipients],
        };
        var sink = new TestSink();

        await host.Provider.DeliverAsync(batch, sink, CancellationToken.None);

        Assert.That(sink.Begun, Is.EqualTo([(0, 2), (2, 1)]));
        var bodies = host.Simulator.Fcm.Outbox.Entries.DistinctBy(entry => entry.StreamId).Select(entry => JsonNode.Parse(entry.Body.Span)!).ToArray();
        Assert.That(bodies.Select(body => body["registration_ids"]!.AsArray().Count), Is.EquivalentTo([2, 1]));
        Assert.That(bodies.Select(body => (int)body["time_to_live"]!), Has.All.EqualTo(60));
        Assert.That(bodies.Select(body => (string)body["data"]!["message"]!), Is.EquivalentTo(["Hello", "Bonjour"]));
    }

    private static IEnumerable<TestCaseData> Words()
    {
        yield return Row("InvalidRegistration", new TokenRejected("InvalidRegistration"));
        yield return Row("NotRegistered", new Unregistered("NotRegistered", null));
        yield return Row("MismatchSenderId", new TokenRejected("MismatchSenderId"));
        foreach (var word in (string[])["MissingRegistration", "InvalidPackageName", "MessageTooBig", "InvalidDataKey", "InvalidTtl", "InvalidParameters", "MissingCollapseKey"])
            yield return Row(word, new MessageRejected(word));
        foreach (var word in (string[])["Unavailable", "InternalServerError"])
            yield return Row(word, new Unavailable(word, Now.AddSeconds(10), VerdictScope.Target, true));
        foreach (var word in (string[])["DeviceMessageRateExceeded", "TopicsMessageRateExceeded", "DeviceQuotaExceeded"])
            yield return Row(word, new Throttled(word, Now.AddSeconds(60), VerdictScope.Target));
        yield return Row("QuotaExceeded", new Throttled("QuotaExceeded", Now.AddSeconds(60), VerdictScope.Credential));
        yield return Row("InvalidApnsCredential", new CredentialRejected("InvalidApnsCredential", VerdictScope.Target));
        yield return Row("SomethingNew", new Unknown("SomethingNew"));

        static TestCaseData Row(string word, Verdict expected) => new TestCaseData(word, expected).SetArgDisplayNames(word);
    }

    [TestCaseSource(nameof(Words))]
    public void An_error_word_means(string word, Verdict expected) =>
        Assert.That(Read(200, $$"""{"results":[{"message_id":"1"},{"error":"{{word}}"}]}""", 2), Is.EqualTo(new[] { new Accepted("1"), expected }));

    private static IEnumerable<TestCaseData> Lies()
    {
        yield return Row(200, "<html>", new Unknown("HTTP 200 without results"));
        yield return Row(200, "[]", new Unknown("HTTP 200 without results"));
        yield return Row(200, """{"results":5}""", new Unknown("HTTP 200 without results"));
        yield return Row(200, """{"results":[{"message_id":"1"}]}""", new Unknown("1 results for 2 recipients"));
        yield return Row(200, """{"results":[{},{}]}""", new Unknown("a result without message_id or error"));
        yield return Row(200, """{"results":[1,null]}""", new Unknown("a result that is no object"));
        yield return Row(200, """{"results":[{"error":"\ud83d"},{"error":"\ud83d"}]}""", new Unknown("HTTP 200 without results"));
        yield return Row(400, "JSON_PARSING_ERROR", new MessageRejected("HTTP 400"));
        yield return Row(401, "", new CredentialRejected("HTTP 401"));
        yield return Row(404, "", new CredentialRejected("HTTP 404"));
        yield return Row(429, "", new Throttled("HTTP 429", Now.AddSeconds(60), VerdictScope.Credential));
        yield return Row(500, "", new Unavailable("HTTP 500", Now.AddSeconds(10), VerdictScope.Target, true));
        yield return Row(503, "", new Unavailable("HTTP 503", Now.AddSeconds(10), VerdictScope.Gateway, true));
        yield return Row(302, "", new Unavailable("HTTP 302", Now.AddSeconds(10), VerdictScope.Gateway, true));
        yield return Row(418, "", new Unknown("HTTP 418"));

        static TestCaseData Row(int status, string body, Verdict expected) => new TestCaseData(status, body, expected).SetArgDisplayNames($"{status} {body}");
    }

    [TestCaseSource(nameof(Lies))]
    public void An_answer_for_all_means(int status, string body, Verdict expected) =>
        Assert.That(Read(status, body, 2), Is.EqualTo(new[] { expected, expected }));

    [Test]
    public void Whatever_comes_is_a_verdict_for_each() =>
        Gen.Select(Gen.Int[200, 599], Gen.OneOf(Gen.String, Gen.String.Select(text => $$"""{"results":[{{text}}]}""")), Gen.Int[1, 5])
            .Sample((status, body, count) => Read(status, body, count).Length == count);

    [Test]
    public async Task A_wrong_key_is_a_rejected_credential()
    {
        await using var host = await GcmHost.LegacyAsync(("ApiKey", "wrong"));

        Assert.That(await host.DeliverAsync("a", "b"), Has.All.EqualTo(new CredentialRejected("HTTP 401")));
    }

    [Test]
    public async Task A_server_that_is_down_says_when_to_come_again()
    {
        await using var host = await GcmHost.LegacyAsync();
        host.Simulator.Fcm.FaultAll(LegacyFault.Status(503, TimeSpan.FromSeconds(120)));

        Assert.That(await host.DeliverAsync("a"), Is.EqualTo(new[] { new Unavailable("HTTP 503", Now.AddSeconds(120), VerdictScope.Gateway, true) }));
    }

    [Test]
    public async Task A_server_that_is_away_has_processed_nothing()
    {
        await using var host = await GcmHost.LegacyAsync();
        await host.StopGatewayAsync();

        Assert.That((await host.DeliverAsync("a")).Single(), Is.InstanceOf<Unavailable>().With.Property("MayHaveProcessed").False);
    }

    [Test]
    public async Task A_connection_that_breaks_off_leaves_all_unknown()
    {
        await using var host = await GcmHost.LegacyAsync();
        host.Simulator.Fcm.FaultAll(Fault.ConnectionReset());

        Assert.That(await host.DeliverAsync("a", "b"), Has.All.InstanceOf<Unknown>());
    }

    [Test]
    public async Task Silence_is_unknown_after_the_request_timeout()
    {
        await using var host = await GcmHost.LegacyAsync();
        host.Simulator.Fcm.FaultAll(Fault.NoAnswer());

        var delivery = host.DeliverAsync("a");
        await host.Simulator.Fcm.Outbox.WaitForTotalAsync(1);
        host.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await delivery).Single(), Is.EqualTo(new Unknown("no answer within 30 s")));
    }

    private static Verdict[] Read(int status, string body, int count) =>
        LegacyAnswer.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), count, null, Now);
}
