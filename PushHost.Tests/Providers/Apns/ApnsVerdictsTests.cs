using System.Text;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Apns;

namespace PushHost.Tests.Providers.Apns;

internal sealed class ApnsVerdictsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddSeconds(7);

    private static IEnumerable<TestCaseData> Answers()
    {
        foreach (var reason in new[]
        {
            "BadCollapseId", "BadExpirationDate", "BadMessageId", "BadPriority", "BadTopic", "InvalidPushType", "DuplicateHeaders",
            "MissingDeviceToken", "MissingTopic", "PayloadEmpty", "SomethingNew",
        })
            yield return Case(400, reason, new MessageRejected(reason));
        yield return Case(404, "BadPath", new MessageRejected("BadPath"));
        yield return Case(405, "MethodNotAllowed", new MessageRejected("MethodNotAllowed"));
        yield return Case(413, "PayloadTooLarge", new MessageRejected("PayloadTooLarge"));
        yield return Case(400, "BadDeviceToken", new TokenRejected("BadDeviceToken", "sandbox"));
        yield return Case(400, "DeviceTokenNotForTopic", new TokenRejected("DeviceTokenNotForTopic"));
        yield return Case(400, "IdleTimeout", new Unavailable("IdleTimeout", null, VerdictScope.Target, false));
        yield return Case(400, "TopicDisallowed", new CredentialRejected("TopicDisallowed"));
        foreach (var reason in new[]
        {
            "BadCertificate", "BadCertificateEnvironment", "ExpiredProviderToken", "InvalidProviderToken", "MissingProviderToken",
            "UnrelatedKeyIdInToken", "BadEnvironmentKeyIdInToken", "BadEnvironmentKeyInToken", "Forbidden", "SomethingNew",
        })
            yield return Case(403, reason, new CredentialRejected(reason));
        yield return Case(410, "Unregistered", new TokenRejected("Unregistered"));
        yield return Case(410, null, new TokenRejected("HTTP 410 without a reason") { MayBeOurFault = true });
        yield return Case(410, "ExpiredToken", new TokenRejected("ExpiredToken"));
        yield return Case(429, "TooManyRequests", new Throttled("TooManyRequests", Now.AddMinutes(1), VerdictScope.Target));
        yield return Case(429, "TooManyRequests", new Throttled("TooManyRequests", Later, VerdictScope.Target), Later);
        yield return Case(429, "TooManyProviderTokenUpdates", new Throttled("TooManyProviderTokenUpdates", Now.AddMinutes(1), VerdictScope.Credential));
        yield return Case(429, null, new Throttled("HTTP 429 without a reason", Now.AddMinutes(1), VerdictScope.Target));
        yield return Case(500, "InternalServerError", new Unavailable("InternalServerError", Now.AddMinutes(15), VerdictScope.Target, true));
        yield return Case(503, "ServiceUnavailable", new Unavailable("ServiceUnavailable", Now.AddMinutes(15), VerdictScope.Gateway, true));
        yield return Case(503, "ServiceUnavailable", new Unavailable("ServiceUnavailable", Later, VerdictScope.Gateway, true), Later);
        yield return Case(503, "Shutdown", new Unavailable("Shutdown", null, VerdictScope.Gateway, false));
        yield return Case(502, null, new Unavailable("HTTP 502 without a reason", Now.AddMinutes(15), VerdictScope.Target, true));
        yield return Case(302, null, new Unavailable("HTTP 302 without a reason", null, VerdictScope.Gateway, true));
        yield return Case(204, null, new Unknown("HTTP 204 without a reason"));
        yield return Case(400, null, new MessageRejected("HTTP 400 without a reason"));
        yield return Case(403, null, new CredentialRejected("HTTP 403 without a reason"));
        yield return Case(200, null, new Accepted("the id"));
    }

    [TestCaseSource(nameof(Answers))]
    public void Each_answer_of_Apples_table_becomes_its_verdict(int status, string? reason, DateTimeOffset? retryAfter, Verdict expected) =>
        Assert.That(VerdictOf(new ApnsAnswer(status, reason, null, retryAfter)), Is.EqualTo(expected));

    [TestCase("TopicDisallowed")]
    [TestCase("Forbidden")]
    public void A_topic_that_only_one_message_named_does_not_stop_the_credential(string reason)
    {
        var verdict = VerdictOf(new ApnsAnswer(403, reason, null, null), topic: "com.example.other");

        Assert.That(verdict, Is.EqualTo(new CredentialRejected(reason, VerdictScope.Target)));
    }

    [Test]
    public void A_topic_that_only_one_message_named_is_no_fault_of_the_token()
    {
        var answer = new ApnsAnswer(400, "DeviceTokenNotForTopic", null, null);

        Assert.That(VerdictOf(answer, topic: "com.example.other"), Is.EqualTo(new MessageRejected("DeviceTokenNotForTopic")));
        Assert.That(VerdictOf(answer), Is.EqualTo(new TokenRejected("DeviceTokenNotForTopic")));
    }

    [Test]
    public void A_dead_token_is_believed_with_the_time_of_its_death()
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

        var verdict = VerdictOf(ApnsAnswer.Read(410, Utf8("""{"reason":"Unregistered","timestamp":1700000000123}"""), null));

        Assert.That(verdict, Is.EqualTo(new Unregistered("Unregistered", since)));
    }

    [TestCase("""{"reason":"Unregistered","timestamp":"yesterday"}""")]
    [TestCase("""{"reason":"Unregistered","timestamp":-1}""")]
    [TestCase("""{"reason":"Unregistered","timestamp":1e300}""")]
    [TestCase("""{"reason":"Unregistered","timestamp":99999999999999999}""")]
    [TestCase("""{"reason":"Unregistered","timestamp":4102444800000}""")]
    [TestCase("""{"reason":"Unregistered"}""")]
    public void A_dead_token_without_a_believable_time_is_only_rejected(string body) =>
        Assert.That(VerdictOf(ApnsAnswer.Read(410, Utf8(body), null)), Is.EqualTo(new TokenRejected("Unregistered")));

    [TestCase("")]
    [TestCase("<html>")]
    [TestCase("[1]")]
    [TestCase("null")]
    [TestCase("""{"reason":7}""")]
    [TestCase("""{"reason":""}""")]
    [TestCase("""{"reason":"Bad""")]
    [TestCase("""{"reason":"\ud800"}""")]
    public void A_body_that_says_nothing_is_judged_by_its_status(string body) =>
        Assert.That(VerdictOf(ApnsAnswer.Read(400, Utf8(body), null)), Is.EqualTo(new MessageRejected("HTTP 400 without a reason")));

    [Test]
    public void A_reason_is_kept_short_and_printable()
    {
        var verdict = VerdictOf(ApnsAnswer.Read(400, Utf8($$"""{"reason":"a\nb{{new string('x', 500)}}"}"""), null));

        Assert.That(verdict.Reason, Is.EqualTo("a?b" + new string('x', 97)));
    }

    private static Verdict VerdictOf(ApnsAnswer answer, string topic = "com.example.app")
    {
        var payload = new ApnsEncoder("com.example.app", hasKey: true).Encode(new PushMessage
        {
            Body = "B",
            Overrides = System.Text.Json.JsonElement.Parse($$$"""{"headers":{"apns-topic":"{{{topic}}}"}}"""),
        });
        return ApnsVerdicts.Of(answer, payload, "the id", "production", Now);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static TestCaseData Case(int status, string? reason, Verdict expected, DateTimeOffset? retryAfter = null) =>
        new TestCaseData(status, reason, retryAfter, expected).SetArgDisplayNames(
            $"{status} {reason ?? "nothing"}{(retryAfter is null ? "" : " with Retry-After")}");
}
