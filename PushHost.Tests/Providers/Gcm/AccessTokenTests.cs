using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;

namespace PushHost.Tests.Providers.Gcm;

public sealed class AccessTokenTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedHttp _google = new();
    private readonly AccessToken _token;

    public AccessTokenTests() => _token = new AccessToken(
        new TokenEndpoint(GcmFixture.ReadAccount(), new HttpMessageInvoker(_google), TimeSpan.FromSeconds(30), _time), _time, NullLogger.Instance);

    public ValueTask DisposeAsync() => _token.DisposeAsync();

    [Test]
    public async Task The_assertion_is_signed_by_the_account_for_an_hour()
    {
        _google.Answer(200, Token("a"));

        await GetAsync();

        var form = HttpUtility.ParseQueryString(_google.Requests.Single());
        var parts = form["assertion"]!.Split('.');
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(form["grant_type"], Is.EqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer"));
            Assert.That(header.GetProperty("alg").GetString(), Is.EqualTo("RS256"));
            Assert.That(header.GetProperty("kid").GetString(), Is.EqualTo("key-1"));
            Assert.That(claims.GetProperty("iss").GetString(), Is.EqualTo("push@my-project.iam.gserviceaccount.com"));
            Assert.That(claims.GetProperty("aud").GetString(), Is.EqualTo("https://token.example/token"));
            Assert.That(claims.GetProperty("scope").GetString(), Is.EqualTo("https://www.googleapis.com/auth/firebase.messaging"));
            Assert.That(claims.GetProperty("iat").GetInt64(), Is.EqualTo(_time.GetUtcNow().ToUnixTimeSeconds()));
            Assert.That(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), Is.EqualTo(3600));
            Assert.That(GcmFixture.Verifies(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])), Is.True);
        });
    }

    [Test]
    public async Task All_share_one_token_and_one_request_for_it()
    {
        var ready = new TaskCompletionSource();
        _google.AnswerWhen(ready.Task, 200, Token("a"));

        var asked = Enumerable.Range(0, 50).Select(_ => GetAsync()).ToArray();
        ready.SetResult();
        var grants = await Task.WhenAll(asked);

        Assert.That(grants.Select(grant => grant.Authorization), Has.All.EqualTo("Bearer a"));
        Assert.That(_google.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task It_is_renewed_five_minutes_before_it_expires_and_nobody_waits()
    {
        _google.Answer(200, Token("a", "3600"));
        await GetAsync();

        _time.Advance(TimeSpan.FromSeconds(3299));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"));
        Assert.That(_google.Requests, Has.Count.EqualTo(1));

        var ready = new TaskCompletionSource();
        _google.AnswerWhen(ready.Task, 200, Token("b"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"), "the old one while the new one is on its way");
        ready.SetResult();
        await UntilAsync(async () => (await GetAsync()).Authorization == "Bearer b");
        Assert.That(_google.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_token_that_is_still_valid_goes_on_being_used_while_renewal_fails()
    {
        _google.Answer(200, Token("a", "3600")).Answer(503, "<html>").Answer(200, Token("b"));
        await GetAsync();

        _time.Advance(TimeSpan.FromSeconds(3590));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"));
        await UntilAsync(() => Task.FromResult(_google.Requests.Count == 2));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"));

        _time.Advance(TimeSpan.FromSeconds(10));
        // The old one has expired. The failure may be noticed only now, and is waited out for a second from then.
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return (await GetAsync()).Authorization == "Bearer b";
        });
    }

    [Test]
    public async Task A_failing_endpoint_is_asked_again_only_after_a_growing_pause()
    {
        _google.Answer(500, "").Answer(500, "").Answer(200, Token("a"));
        var now = _time.GetUtcNow();

        var first = (await GetAsync()).Refusal;
        Assert.That(first, Is.EqualTo(new Unavailable("token endpoint: HTTP 500 without an access token", now.AddSeconds(1), VerdictScope.Credential, false)));
        Assert.That((await GetAsync()).Refusal, Is.EqualTo(first), "within the pause nobody asks");
        Assert.That(_google.Requests, Has.Count.EqualTo(1));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(((Unavailable)(await GetAsync()).Refusal!).NotBefore, Is.EqualTo(now.AddSeconds(3)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"));
    }

    [Test]
    public async Task A_refused_token_is_replaced_once()
    {
        _google.Answer(200, Token("a")).Answer(200, Token("b"));
        await GetAsync();

        _token.Refused("Bearer a");
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer b"));

        _token.Refused("Bearer a");
        _token.Refused("Bearer b");
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer b"), "who refuses every token gets no new one for each message");
        Assert.That(_google.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""", "token endpoint: invalid_grant")]
    [TestCase(401, """{"error":"invalid_client"}""", "token endpoint: invalid_client")]
    public async Task An_account_that_Google_refuses_is_a_rejected_credential(int status, string body, string reason)
    {
        _google.Answer(status, body);

        Assert.That((await GetAsync()).Refusal, Is.EqualTo(new CredentialRejected(reason)));
    }

    [TestCase(400, "<html>Bad Request</html>")]
    [TestCase(200, "<html>Welcome to our hotel</html>")]
    [TestCase(200, """{"access_token":""")]
    [TestCase(200, """{"access_token":5}""")]
    [TestCase(200, """{"access_token":""}""")]
    [TestCase(200, """{"access_token":"a\r\nX: y"}""")]
    [TestCase(200, """{"access_token":"\ud83d"}""")]
    [TestCase(200, """{"access_token":"a","expires_in":0}""")]
    [TestCase(200, """{"access_token":"a","expires_in":-5}""")]
    [TestCase(200, "[]")]
    [TestCase(200, "")]
    [TestCase(302, "")]
    [TestCase(404, """{"error":"not_found"}""")]
    public async Task An_endpoint_that_lies_is_unavailable(int status, string body)
    {
        _google.Answer(status, body);

        Assert.That((await GetAsync()).Refusal, Is.InstanceOf<Unavailable>().With.Property("MayHaveProcessed").False);
    }

    [Test]
    public async Task A_huge_answer_is_not_read_to_its_end()
    {
        _google.Answer(200, $$"""{"access_token":"{{new string('x', 1_000_000)}}"}""");

        Assert.That((await GetAsync()).Refusal, Is.InstanceOf<Unavailable>());
    }

    [TestCase("\"3600\"")]
    [TestCase("3600.0")]
    [TestCase("\"soon\"")]
    [TestCase("null")]
    [TestCase("1e300")]
    [TestCase("\"NaN\"")]
    public async Task A_lifetime_may_be_written_in_odd_ways_and_is_an_hour_at_most(string expiresIn)
    {
        _google.Answer(200, Token("a", expiresIn)).Answer(200, Token("b"));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer b"));
    }

    [Test]
    public async Task No_connection_is_unavailable()
    {
        _google.Fail(new HttpRequestException("no route to host"));

        Assert.That((await GetAsync()).Refusal, Is.EqualTo(
            new Unavailable("token endpoint: no route to host", _time.GetUtcNow().AddSeconds(1), VerdictScope.Credential, false)));
    }

    [Test]
    public async Task A_renewal_that_fails_for_a_fault_of_our_own_is_not_the_last()
    {
        _google.Fail(new NotSupportedException("a bug")).Answer(200, Token("a"));

        Assert.That(async () => await GetAsync(), Throws.InstanceOf<NotSupportedException>());
        Assert.That((await GetAsync()).Authorization, Is.EqualTo("Bearer a"));
    }

    [Test]
    public async Task Silence_is_unavailable_after_the_request_timeout()
    {
        var reached = new TaskCompletionSource();
        _google.NeverAnswer(reached);

        var asked = GetAsync();
        await reached.Task;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await asked).Refusal!.Reason, Is.EqualTo("token endpoint: no answer within 30 s"));
    }

    [Test]
    public async Task Retry_After_is_a_floor()
    {
        _google.Answer(429, "", retryAfter: "40");

        Assert.That(((Unavailable)(await GetAsync()).Refusal!).NotBefore, Is.EqualTo(_time.GetUtcNow().AddSeconds(40)));
    }

    [Test]
    public async Task One_who_gives_up_leaves_the_others_their_token()
    {
        var ready = new TaskCompletionSource();
        _google.AnswerWhen(ready.Task, 200, Token("a"));
        using var giving = new CancellationTokenSource();

        var impatient = _token.GetAsync(giving.Token).AsTask();
        var patient = GetAsync();
        await giving.CancelAsync();
        ready.SetResult();

        Assert.That(async () => await impatient, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await patient).Authorization, Is.EqualTo("Bearer a"));
    }

    private Task<AccessGrant> GetAsync() => _token.GetAsync(CancellationToken.None).AsTask();

    private static string Token(string token, string expiresIn = "3599") => $$"""{"access_token":"{{token}}","expires_in":{{expiresIn}},"token_type":"Bearer"}""";

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await reached())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
