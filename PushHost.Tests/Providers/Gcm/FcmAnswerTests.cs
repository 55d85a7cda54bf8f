using System.Net;
using System.Text;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;

namespace PushHost.Tests.Providers.Gcm;

public sealed class FcmAnswerTests
{
    private const string BadToken = "The registration token is not a valid FCM registration token";
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Table()
    {
        yield return Row(200, """{"name":"projects/p/messages/1"}""", new Accepted("projects/p/messages/1"));
        yield return Row(404, Error("NOT_FOUND", "UNREGISTERED"), new Unregistered("UNREGISTERED", null));
        yield return Row(400, Error("INVALID_ARGUMENT", "INVALID_ARGUMENT", BadToken), new TokenRejected("INVALID_ARGUMENT") { MayBeOurFault = true });
        yield return Row(400, Error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "x", "message.data[0].value"), new MessageRejected("INVALID_ARGUMENT message.data[0].value"));
        yield return Row(400, Error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "x", "message.token"), new TokenRejected("INVALID_ARGUMENT"));
        yield return Row(400, Error("INVALID_ARGUMENT", null, "x", "message.token"), new TokenRejected("INVALID_ARGUMENT"));
        yield return Row(400, Error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "Android message is too big"), new MessageRejected("INVALID_ARGUMENT"));
        yield return Row(400, Error("INVALID_ARGUMENT", null), new MessageRejected("INVALID_ARGUMENT"));
        yield return Row(403, Error("PERMISSION_DENIED", "SENDER_ID_MISMATCH"), new TokenRejected("SENDER_ID_MISMATCH") { MayBeOurFault = true });
        yield return Row(429, Error("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"), new Throttled("QUOTA_EXCEEDED", Now.AddSeconds(60), VerdictScope.Credential));
        yield return Row(429, Error("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"), new Throttled("QUOTA_EXCEEDED", Now.AddSeconds(7), VerdictScope.Credential), 7);
        yield return Row(429, Error("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Device message rate exceeded"),
            new Throttled("QUOTA_EXCEEDED", Now.AddSeconds(60), VerdictScope.Target));
        yield return Row(503, Error("UNAVAILABLE", "UNAVAILABLE"), new Unavailable("UNAVAILABLE", Now.AddSeconds(10), VerdictScope.Gateway, true));
        yield return Row(503, Error("UNAVAILABLE", "UNAVAILABLE"), new Unavailable("UNAVAILABLE", Now.AddSeconds(10), VerdictScope.Gateway, true), 3);
        yield return Row(503, Error("UNAVAILABLE", "UNAVAILABLE"), new Unavailable("UNAVAILABLE", Now.AddSeconds(120), VerdictScope.Gateway, true), 120);
        yield return Row(500, Error("INTERNAL", "INTERNAL"), new Unavailable("INTERNAL", Now.AddSeconds(10), VerdictScope.Target, true));
        yield return Row(500, Error("UNKNOWN", "UNSPECIFIED_ERROR"), new Unavailable("UNKNOWN", Now.AddSeconds(10), VerdictScope.Target, true));
        yield return Row(401, Error("UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"), new CredentialRejected("THIRD_PARTY_AUTH_ERROR", VerdictScope.Target));
        yield return Row(401, Error("UNAUTHENTICATED", null), new CredentialRejected("UNAUTHENTICATED"));
        yield return Row(403, Error("PERMISSION_DENIED", null), new CredentialRejected("PERMISSION_DENIED"));
        yield return Row(404, Error("NOT_FOUND", null), new CredentialRejected("NOT_FOUND"));

        yield return Row(404, "<html>Not Found</html>", new CredentialRejected("HTTP 404"));
        yield return Row(200, "<html>OK</html>", new Unknown("HTTP 200 without a message name"));
        yield return Row(200, """{"name":""", new Unknown("HTTP 200 without a message name"));
        yield return Row(200, """{"name":5}""", new Unknown("HTTP 200 without a message name"));
        yield return Row(200, "[]", new Unknown("HTTP 200 without a message name"));
        yield return Row(200, "", new Unknown("HTTP 200 without a message name"));
        yield return Row(302, "", new Unavailable("HTTP 302", Now.AddSeconds(10), VerdictScope.Gateway, true));
        yield return Row(502, "<html>Bad Gateway</html>", new Unavailable("HTTP 502", Now.AddSeconds(10), VerdictScope.Gateway, true));
        yield return Row(500, """{"error":{"status":"INTER""", new Unavailable("HTTP 500", Now.AddSeconds(10), VerdictScope.Target, true));
        yield return Row(400, "<html>Bad Request</html>", new Unknown("HTTP 400"));
        yield return Row(413, "", new MessageRejected("HTTP 413"));
        yield return Row(418, "", new Unknown("HTTP 418"));
        yield return Row(429, "", new Throttled("HTTP 429", Now.AddSeconds(60), VerdictScope.Credential));

        static TestCaseData Row(int status, string body, Verdict expected, int? retryAfter = null) =>
            new TestCaseData(status, body, retryAfter, expected).SetArgDisplayNames($"{status} {body} {retryAfter}");
    }

    [TestCaseSource(nameof(Table))]
    public void An_answer_means(int status, string body, int? retryAfter, Verdict expected) =>
        Assert.That(Read(status, body, TargetKind.Registration, retryAfter), Is.EqualTo(expected));

    [Test]
    public void A_topic_of_another_project_is_no_fault_of_a_token() =>
        Assert.That(Read(403, Error("PERMISSION_DENIED", "SENDER_ID_MISMATCH"), TargetKind.Topic), Is.EqualTo(new CredentialRejected("SENDER_ID_MISMATCH", VerdictScope.Target)));

    [Test]
    public void A_topic_has_no_token_to_reject() =>
        Assert.That(Read(400, Error("INVALID_ARGUMENT", "INVALID_ARGUMENT"), TargetKind.Topic), Is.EqualTo(new MessageRejected("INVALID_ARGUMENT")));

    [Test]
    public void A_reason_is_a_word_and_never_a_page()
    {
        var verdict = Read(400, Error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "x", $"message {new string('x', 5000)}"), TargetKind.Registration);

        Assert.That(verdict.Reason, Is.EqualTo("INVALID_ARGUMENT"));
    }

    [Test]
    public void Whatever_comes_is_a_verdict()
    {
        var answers = Gen.OneOf(
            Gen.String.Select(Encoding.UTF8.GetBytes),
            Gen.Byte.Array[0, 200],
            Gen.Select(Gen.OneOf(Gen.Const(Error("A", "INVALID_ARGUMENT", "x", "f")), Gen.Const(Error("A", "UNREGISTERED"))), Gen.Int[0, 300], Gen.Byte,
                (text, at, value) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(text);
                    bytes[at % bytes.Length] = value;
                    return bytes;
                }));
        Gen.Select(Gen.Int[200, 599], answers).Sample((status, body) =>
            FcmAnswer.Read((HttpStatusCode)status, body, TargetKind.Registration, null, Now).Reason.Length is > 0 and < 200);
    }

    private static Verdict Read(int status, string body, TargetKind target, int? retryAfter = null) =>
        FcmAnswer.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), target, retryAfter is { } seconds ? Now.AddSeconds(seconds) : null, Now);

    private static string Error(string status, string? code, string message = "m", string? field = null)
    {
        var details = new List<string>();
        if (code is not null)
            details.Add($$"""{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"{{code}}"}""");
        if (field is not null)
            details.Add($$"""{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"{{field}}","description":"d"}]}""");
        return $$"""{"error":{"code":400,"message":"{{message}}","status":"{{status}}","details":[{{string.Join(",", details)}}] } }""";
    }
}
