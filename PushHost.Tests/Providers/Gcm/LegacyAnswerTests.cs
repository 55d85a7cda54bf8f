using System.Net;
using System.Text;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;

namespace PushHost.Tests.Providers.Gcm;

public sealed class LegacyAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Words()
    {
        yield return Row("InvalidRegistration", new TokenRejected("InvalidRegistration"));
        yield return Row("NotRegistered", new Unregistered("NotRegistered", null));
        yield return Row("MismatchSenderId", new TokenRejected("MismatchSenderId") { MayBeOurFault = true });
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

    private static Verdict[] Read(int status, string body, int count) =>
        LegacyAnswer.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), count, null, Now);
}
