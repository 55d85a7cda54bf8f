using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

/// <summary>Several requests of one operation in one body.</summary>
public sealed class BatchTests
{
    private readonly StepLog _steps = new();
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync(builder => builder.Services.AddSingleton(_steps));

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("/api/Step[]")]
    [TestCase("/api/Step%5B%5D")]
    [TestCase("/json/reply/Step[]")]
    [TestCase("/JSON/Reply/step[]")]
    [TestCase("/api/Step[].json")]
    public async Task Answers_come_in_the_order_of_the_requests(string path)
    {
        var answer = await _host.PostAsync(path, """[{"Number":1},{"number":2,"note":"n"},{}]""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Body, Is.EqualTo("""[{"value":"step 1"},{"value":"step 2 n"},{"value":"step 0"}]"""));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("3"));
        Assert.That(answer.Headers, Does.Not.ContainKey("X-Step"), "a header speaks of one request");
        Assert.That(_steps.Services, Is.EqualTo(3), "each request has a scope of its own");
    }

    [Test]
    public async Task Nothing_in_is_nothing_out()
    {
        var answer = await _host.PostAsync("/api/Step[]", " [] ");

        Assert.That(answer.Body, Is.EqualTo("[]"));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("0"));
    }

    [Test]
    public async Task The_first_failure_ends_the_batch_and_what_was_done_stays_done()
    {
        var answer = await _host.PostAsync("/api/Step[]", """[{"number":1},{"number":-2},{"number":3}]""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answer.Code, Is.EqualTo("Conflict"));
        Assert.That(answer.Error.GetProperty("message").GetString(), Is.EqualTo("Step -2 fails."));
        Assert.That(answer.Error.GetProperty("meta").GetProperty("AutoBatchIndex").GetString(), Is.EqualTo("1"));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("1"));
        Assert.That(_steps.Numbers, Is.EqualTo(new[] { 1, -2 }));
    }

    [Test]
    public async Task A_request_that_cannot_be_read_is_named_before_anything_is_done()
    {
        var answer = await _host.PostAsync("/api/Step[]", """[{"number":1},{"number":2},{"number":"x"}]""");

        Assert.That(answer.Fields, Is.EqualTo(new[] { "InvalidType number" }));
        Assert.That(answer.Error.GetProperty("meta").GetProperty("AutoBatchIndex").GetString(), Is.EqualTo("2"));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("0"));
        Assert.That(_steps.Numbers, Is.Empty);
    }

    [TestCase("{}", "The batch must be a JSON array of requests.")]
    [TestCase("", "The batch must be a JSON array of requests.")]
    [TestCase(" \n", "The batch must be a JSON array of requests.")]
    [TestCase("[{},", "The batch isn't JSON: line 1, byte 4.")]
    [TestCase("[{}]x", "The batch isn't JSON")]
    [TestCase("[{}][]", "The batch isn't JSON")]
    [TestCase("[{}, 5]", "Request 2 of the batch must be a JSON object.")]
    [TestCase("[null]", "Request 1 of the batch must be a JSON object.")]
    [TestCase("[{\"note\":\"\\ud83d\"}]", "The batch has half of a surrogate pair")]
    public async Task What_is_no_batch_is_InvalidJson(string body, string message)
    {
        var answer = await _host.PostAsync("/api/Step[]", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Code, Is.EqualTo("InvalidJson"));
        Assert.That(answer.Error.GetProperty("message").GetString(), Does.StartWith(message));
    }

    [Test]
    public async Task A_batch_holds_at_most_1000_requests()
    {
        string Batch(int count) => $"[{string.Join(',', Enumerable.Repeat("{}", count))}]";

        Assert.That((await _host.PostAsync("/api/Step[]", Batch(1000))).Headers["X-AutoBatch-Completed"], Is.EqualTo("1000"));
        var answer = await _host.PostAsync("/api/Step[]", Batch(1001));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(answer.Code, Is.EqualTo("RequestTooLarge"));
        Assert.That(_steps.Numbers, Has.Count.EqualTo(1000));
    }

    [Test]
    public async Task A_batch_stops_once_its_answers_are_too_large()
    {
        await using var host = await WireHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton(_steps);
            ((WireOptions)builder.Services.First(service => service.ServiceType == typeof(WireOptions)).ImplementationInstance!).MaxBatchAnswerBytes = 40;
        });

        Assert.That((await host.PostAsync("/api/Step[]", """[{"number":1},{"number":2}]""")).Status, Is.EqualTo(HttpStatusCode.OK));
        var answer = await host.PostAsync("/api/Step[]", """[{"number":1},{"number":2},{"number":3},{"number":4}]""");
        Assert.That(answer.Code, Is.EqualTo("RequestTooLarge"));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("3"));
    }

    [Test]
    public async Task Every_request_of_a_batch_is_authorised()
    {
        var authorizer = new LimitedAuthorizer(allowed: 3);
        await using var host = await WireHost.StartAsync(builder => builder.Services.AddSingleton(_steps).AddSingleton<IOperationAuthorizer>(authorizer));

        var answer = await host.PostAsync("/api/Step[]", """[{"number":1},{"number":2},{"number":3}]""");

        Assert.That(answer.Code, Is.EqualTo("Forbidden"), "one call for the batch and one for each request");
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("2"));
        Assert.That(_steps.Numbers, Is.EqualTo(new[] { 1, 2 }));
        Assert.That((await host.PostAsync("/api/Step[]", "broken")).Code, Is.EqualTo("Forbidden"), "before the body is read");
        using var named = new HttpRequestMessage(HttpMethod.Post, "/api/Step[]") { Content = new StringContent("[{}]", null, "application/json") };
        named.Headers.Add("Idempotency-Key", "k");
        Assert.That((await host.SendAsync(named)).Code, Is.EqualTo("Forbidden"), "before anything is said of its headers");
    }

    [Test]
    public async Task An_operation_without_an_answer_answers_an_empty_object_for_each()
    {
        Assert.That((await _host.PostAsync("/api/DeleteThing[]", """[{"id":1},{"id":2}]""")).Body, Is.EqualTo("[{},{}]"));
    }

    [Test]
    public async Task Queries_can_be_sent_as_a_batch_and_text_and_bytes_are_json_there()
    {
        Assert.That((await _host.PostAsync("/json/reply/GetEverything[]", """[{"id":1},{"id":2}]""")).Body, Is.EqualTo("""[{"id":1,"flag2":false},{"id":2,"flag2":false}]"""));
        Assert.That((await _host.PostAsync("/api/RawText[]", "[{}]")).Body, Is.EqualTo("""["plain"]"""));
        Assert.That((await _host.PostAsync("/api/RawBytes[]", "[{}]")).Body, Is.EqualTo("""["AQL/"]"""));
    }

    [Test]
    public async Task The_query_holds_for_each_request_that_says_nothing_else()
    {
        Assert.That(
            (await _host.PostAsync("/api/Step[]?note=q", """[{"number":1},{"number":2,"note":"own"}]""")).Body,
            Is.EqualTo("""[{"value":"step 1 q"},{"value":"step 2 own"}]"""));
    }

    [Test]
    public async Task A_misspelt_member_of_a_strict_operation_is_refused_in_a_batch_too()
    {
        var answer = await _host.PostAsync("/api/PostStrict[]", """[{"name":"n"},{"nested":{"bagde":1}}]""");

        Assert.That(answer.Fields, Is.EqualTo(new[] { "UnknownMember nested.bagde" }));
    }

    [TestCase("GET", "/api/Step[]", 405)]
    [TestCase("POST", "/api/Nothing[]", 404)]
    [TestCase("POST", "/api/Upload[]", 404)]
    [TestCase("POST", "/api/Export[]", 404)]
    [TestCase("POST", "/json/oneway/Export", 404)]
    public async Task There_are_batches_by_POST_of_operations_that_stream_neither_way(string verb, string path, int status)
    {
        var answer = await _host.SendAsync(verb, path, verb == "POST" ? "[]" : null);

        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(answer.Code, Is.Not.Empty);
    }

    [Test]
    public async Task An_idempotency_key_cannot_name_a_batch()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/Step[]") { Content = new StringContent("[{}]", null, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        var answer = await _host.SendAsync(request);

        Assert.That(answer.Fields, Is.EqualTo(new[] { "NotOnBatches Idempotency-Key" }));
        Assert.That(_steps.Numbers, Is.Empty);
    }

    [Test]
    public async Task A_one_way_request_is_done_and_answered_with_204()
    {
        var answer = await _host.PostAsync("/json/oneway/Step", """{"number":5}""");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Body, Is.Empty);
        Assert.That((await _host.GetAsync("/json/oneway/GetEverything?Id=7")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _host.PostAsync("/json/oneway/Upload", "x")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        answer = await _host.PostAsync("/json/oneway/Step[]", """[{"number":6},{"number":7}]""");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Headers["X-AutoBatch-Completed"], Is.EqualTo("2"));
        Assert.That(_steps.Numbers, Is.EqualTo(new[] { 5, 6, 7 }));
    }

    [Test]
    public async Task A_one_way_request_that_fails_says_so()
    {
        Assert.That((await _host.PostAsync("/json/oneway/Step", """{"number":-5}""")).Code, Is.EqualTo("Conflict"));
        Assert.That((await _host.PostAsync("/json/oneway/Step[]", """[{"number":-5}]""")).Code, Is.EqualTo("Conflict"));
    }

    private sealed class LimitedAuthorizer(int allowed) : IOperationAuthorizer
    {
        private int _left = allowed;

        public ValueTask AuthorizeAsync(HttpContext http, Operation operation, CancellationToken cancellationToken) =>
            _left-- > 0 ? ValueTask.CompletedTask : throw RequestException.Forbidden();
    }
}
