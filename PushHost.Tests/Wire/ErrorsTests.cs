using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public sealed class ErrorsTests
{
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync(
        builder => builder.Services.AddScoped<IOperationAuthorizer, KeyAuthorizer>(),
        app => app.MapGet("/bare/{status:int}", (int status) => Results.StatusCode(status)));

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("notFound", 404, "NotFound")]
    [TestCase("conflict", 409, "IdempotencyMismatch")]
    [TestCase("unavailable", 503, "Unavailable")]
    [TestCase("tooMany", 429, "TooManyRequests")]
    [TestCase("unauthorized", 401, "Unauthorized")]
    [TestCase("forbidden", 403, "Forbidden")]
    [TestCase("fields", 400, "ValidationException")]
    [TestCase("bug", 500, "InternalError")]
    public async Task An_exception_becomes_a_response_status(string how, int status, string code)
    {
        var answer = await _host.PostAsync("/fail", $$"""{"how":"{{how}}"}""");

        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(answer.Code, Is.EqualTo(code));
        Assert.That(answer.Error.GetProperty("message").GetString(), Is.Not.Empty);
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(answer.Headers, Does.Not.ContainKey("X-Half-Done"), "what a failed operation had set is dropped");
    }

    [Test]
    public async Task Every_wrong_field_has_an_entry_and_the_message_is_the_first_ones()
    {
        var answer = await _host.PostAsync("/fail", """{"how":"fields"}""");

        Assert.That(answer.Fields, Is.EqualTo(new[] { "NotEmpty a", "Length b" }));
        Assert.That(answer.Error.GetProperty("message").GetString(), Is.EqualTo("'a' must not be empty."));
    }

    [Test]
    public async Task When_to_come_again_is_told_in_whole_seconds()
    {
        Assert.That((await _host.PostAsync("/fail", """{"how":"unavailable"}""")).Headers["Retry-After"], Is.EqualTo("2"));
        Assert.That((await _host.PostAsync("/fail", """{"how":"tooMany"}""")).Headers["Retry-After"], Is.EqualTo("7"));
    }

    [Test]
    public async Task A_401_names_its_realm_in_quotes()
    {
        Assert.That((await _host.PostAsync("/fail", """{"how":"unauthorized"}""")).Headers["WWW-Authenticate"], Is.EqualTo("Bearer realm=\"Test\""));
        Assert.That((await _host.GetAsync("/bare/401")).Headers["WWW-Authenticate"], Is.EqualTo("Bearer realm=\"Test\""));
    }

    [Test]
    public async Task Our_own_fault_is_logged_once_and_its_reason_kept_from_the_caller()
    {
        var answer = await _host.PostAsync("/fail", """{"how":"bug"}""");

        var trace = answer.Error.GetProperty("meta").GetProperty("traceId").GetString();
        Assert.That(answer.Body, Does.Not.Contain("secret").And.Not.Contain("Exception"));
        Assert.That(_host.Log.Lines.Where(line => line.Text.Contains(trace!, StringComparison.Ordinal)), Has.Exactly(1).Items);
        Assert.That(_host.Log.Lines, Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_caller_s_fault_is_not_logged()
    {
        await _host.PostAsync("/fail", """{"how":"conflict"}""");
        await _host.PostAsync("/fail", "{");
        await _host.GetAsync("/nowhere");

        Assert.That(_host.Log.Lines, Is.Empty);
    }

    [TestCase("GET", "/nowhere", 404, "NotFound")]
    [TestCase("POST", "/api/Nothing", 404, "NotFound")]
    [TestCase("POST", "/json/reply/Nothing", 404, "NotFound")]
    [TestCase("PUT", "/things/5", 405, "MethodNotAllowed")]
    [TestCase("GET", "/api/PostEverything", 405, "MethodNotAllowed")]
    [TestCase("GET", "/bare/400", 400, "ValidationException")]
    [TestCase("GET", "/bare/401", 401, "Unauthorized")]
    [TestCase("GET", "/bare/403", 403, "Forbidden")]
    [TestCase("GET", "/bare/409", 409, "Conflict")]
    [TestCase("GET", "/bare/413", 413, "RequestTooLarge")]
    [TestCase("GET", "/bare/415", 415, "UnsupportedMediaType")]
    [TestCase("GET", "/bare/418", 418, "Imateapot")]
    [TestCase("GET", "/bare/429", 429, "TooManyRequests")]
    [TestCase("GET", "/bare/500", 500, "InternalError")]
    [TestCase("GET", "/bare/503", 503, "Unavailable")]
    public async Task A_bare_status_of_the_framework_gets_a_body(string verb, string path, int status, string code)
    {
        var answer = await _host.SendAsync(verb, path);

        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(answer.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_405_says_what_the_path_takes()
    {
        Assert.That((await _host.SendAsync("PUT", "/things/5")).Headers["Allow"], Is.EqualTo("DELETE, PATCH"));
    }

    [Test]
    public async Task A_503_always_says_when_to_come_again()
    {
        Assert.That((await _host.GetAsync("/bare/503")).Headers["Retry-After"], Is.EqualTo("1"));
    }

    [Test]
    public async Task The_authorizer_comes_before_the_body_is_read()
    {
        Assert.That((await _host.PostAsync("/guarded", "{broken")).Code, Is.EqualTo("Forbidden"));
        Assert.That((await _host.PostAsync("/guarded?key=send", "{broken")).Code, Is.EqualTo("InvalidJson"));
        Assert.That((await _host.PostAsync("/guarded?key=send", "{}"))["value"], Is.EqualTo("in"));
    }

    [TestCase("application/xml")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/plain")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("rubbish")]
    public async Task A_body_of_another_type_is_415(string contentType)
    {
        var answer = await _host.SendAsync("POST", "/everything", "x", contentType);

        Assert.That(answer.Code, Is.EqualTo("UnsupportedMediaType"));
        Assert.That(answer.Headers.Keys, Does.Not.Contain("Accept-Encoding"), "it would say that the encoding was at fault (RFC 9110, 12.5.3)");
    }

    [TestCase("application/json")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json;charset=\"UTF-8\"")]
    [TestCase("text/json")]
    [TestCase("application/vnd.x+json")]
    [TestCase(null)]
    public async Task Json_by_any_name_is_read(string? contentType)
    {
        Assert.That((await _host.SendAsync("POST", "/everything", """{"id":3}""", contentType))["id"], Is.EqualTo("3"));
    }

    [TestCase(100, "/small", HttpStatusCode.OK)]
    [TestCase(101, "/small", HttpStatusCode.RequestEntityTooLarge)]
    [TestCase(1024 * 1024, "/everything", HttpStatusCode.OK)]
    [TestCase(1024 * 1024 + 1, "/everything", HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_above_the_limit_is_413_whether_its_length_was_announced_or_not(int bytes, string path, HttpStatusCode expected)
    {
        var body = Encoding.UTF8.GetBytes("""{"name":""}""".PadRight(bytes));
        foreach (var chunked in new[] { false, true })
        {
            // The limit counts what travels, and chunks have frames.
            var frames = chunked && expected == HttpStatusCode.OK ? 40 : 0;
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body[..^frames]) };
            request.Headers.TransferEncodingChunked = chunked;
            var answer = await _host.SendAsync(request);
            Assert.That(answer.Status, Is.EqualTo(expected));
            if (expected != HttpStatusCode.OK)
            {
                Assert.That(answer.Code, Is.EqualTo("RequestTooLarge"));
                Assert.That(answer.Body, Does.Contain($"{bytes - 1} bytes"));
            }
        }
        Assert.That(_host.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task A_streamed_body_has_any_type_and_no_limit_where_the_operation_says_so()
    {
        var answer = await _host.SendAsync("POST", "/upload?name=n", new string('x', 3_000_000), "text/csv");

        Assert.That(answer["value"], Is.EqualTo("n 3000000"));
    }

    [Test]
    public async Task A_streamed_answer_comes_whole_or_is_cut()
    {
        var answer = await _host.GetAsync("/export");
        Assert.That(answer.Body, Is.EqualTo("{\"a\":1}\n{\"a\":2}\n"));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/x-ndjson"));
        Assert.That(answer.Headers["Content-Disposition"], Does.Contain("things.ndjson"));

        Assert.That((await _host.GetAsync("/export?broken=false")).Code, Is.EqualTo("Conflict"));
        Assert.That(async () => await _host.GetAsync("/export?broken=true"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(_host.Log.Lines.Single().Text, Does.StartWith("Export failed after its answer had begun"));
    }

    [TestCase("ZZZ")]
    [TestCase("-5")]
    [TestCase("90071992547409933")]
    [TestCase("ffffffffffffffff")]
    public async Task Chunks_that_are_none_are_400(string size)
    {
        foreach (var path in new[] { "/everything", "/upload" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream());
            var answer = await reader.ReadToEndAsync();

            Assert.That(answer, Does.StartWith("HTTP/1.1 400"));
            Assert.That(answer, Does.Contain("\"errorCode\":\"ValidationException\""));
        }
        Assert.That(_host.Log.Lines, Is.Empty);
    }

    [TestCase("Content-Length: 50")]
    [TestCase("Transfer-Encoding: chunked")]
    public async Task A_client_that_goes_away_is_not_an_error(string header)
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /everything HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{header}\r\n\r\n{{"));
            client.Client.LingerState = new(true, 0);
        }
        // The next request on the same host is answered after the torn one was seen.
        for (var i = 0; i < 5; i++)
            Assert.That((await _host.PostAsync("/everything", "{}")).Status, Is.EqualTo(HttpStatusCode.OK));
        await _host.DisposeAsync();

        Assert.That(_host.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task A_client_that_goes_away_ends_what_it_asked_for_and_is_not_an_error()
    {
        var signal = new WaitSignal();
        await using var host = await WireHost.StartAsync(builder => builder.Services.AddSingleton(signal));
        using var patience = new CancellationTokenSource();
        var sending = host.Client.PostAsync(new Uri("/wait", UriKind.Relative), null, patience.Token);
        await signal.Begun.Task;
        await patience.CancelAsync();

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
        await host.DisposeAsync();
        Assert.That(host.Log.Lines, Is.Empty);
    }

    private sealed class KeyAuthorizer : IOperationAuthorizer
    {
        public ValueTask AuthorizeAsync(HttpContext http, Operation operation, CancellationToken cancellationToken) =>
            operation.Scopes is { } scopes && !scopes.Contains(http.Request.Query["key"].ToString())
                ? throw RequestException.Forbidden()
                : ValueTask.CompletedTask;
    }
}
