using System.Net;
using NUnit.Framework;
using PushHost.Client;
using PushHost.ServiceModel;

namespace PushHost.Tests.Client;

/// <summary>What the client sends again, and what it never does.</summary>
public sealed class RepeatTests
{
    private static readonly SendNotification Send = new() { To = new Audience { All = true }, Message = new Message { Body = "Hi" } };

    [Test]
    public async Task A_send_without_an_answer_is_repeated_under_the_same_key()
    {
        var host = new ScriptedHost().Break().Answer(502, "<html>").Answer(202, """{"id":7}""");

        var sent = await host.Client().SendAsync(Send);

        var keys = host.Requests.Select(request => request.Headers["Idempotency-Key"]).ToList();
        Assert.That(sent.Id, Is.EqualTo(7));
        Assert.That(keys, Has.Count.EqualTo(3).And.All.EqualTo(keys[0]).And.All.Not.Empty);
        Assert.That(Send.IdempotencyKey, Is.Null, "the caller's request stays as it is");
    }

    [Test]
    public async Task Two_sends_of_the_same_request_have_keys_of_their_own()
    {
        var host = new ScriptedHost().Answer(202).Answer(202);
        var client = host.Client();

        await client.SendAsync(Send);
        await client.SendAsync(Send);

        Assert.That(host.Requests[0].Headers["Idempotency-Key"], Is.Not.EqualTo(host.Requests[1].Headers["Idempotency-Key"]));
    }

    [Test]
    public async Task A_caller_s_own_key_is_the_only_one()
    {
        var host = new ScriptedHost().Break().Answer(202);

        await host.Client().SendAsync(new SendToDevice { Id = 1, Body = "Hi", IdempotencyKey = "mine" });

        Assert.That(host.Requests, Has.Count.EqualTo(2));
        Assert.That(host.Requests.Select(request => request.Headers), Has.All.Not.ContainKey("Idempotency-Key"));
        Assert.That(host.Requests.Select(request => request.Body), Has.All.Contain("\"mine\""));
    }

    [Test]
    public async Task A_send_without_a_key_is_never_repeated()
    {
        var host = new ScriptedHost().Break();

        var problem = (await Assert.ThrowsAsync<PushHostException>(() => host.Client(options => options.AddIdempotencyKeys = false).SendAsync(Send)))!;

        Assert.That(host.Requests, Has.Count.EqualTo(1));
        Assert.That((problem.StatusCode, problem.ErrorCode), Is.EqualTo(((HttpStatusCode?)null, "NoAnswer")));
        Assert.That(problem.Message, Is.EqualTo("SendNotification was not answered: the connection broke"));
    }

    [TestCase(408)]
    [TestCase(429)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task A_status_that_may_pass_is_tried_again(int status)
    {
        var host = new ScriptedHost().Answer(status).Answer(200, """{"id":5}""");

        Assert.That((await host.Client().SendAsync(new GetDevice { Id = 5 })).Id, Is.EqualTo(5));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(404)]
    [TestCase(409)]
    [TestCase(500)]
    public async Task A_status_that_will_not_pass_is_told_at_once(int status)
    {
        var host = new ScriptedHost().Answer(status, """{"responseStatus":{"errorCode":"Some","message":"Thing."}}""");

        var problem = (await Assert.ThrowsAsync<PushHostException>(() => host.Client().SendAsync(new GetDevice { Id = 5 })))!;

        Assert.That(((int?)problem.StatusCode, problem.ErrorCode, host.Requests.Count), Is.EqualTo(((int?)status, "Some", 1)));
    }

    [TestCase("7", 7)]
    [TestCase("Sun, 01 Nov 2026 12:00:09 GMT", 9)]
    public async Task No_repeat_comes_before_the_host_s_own_time(string retryAfter, int seconds)
    {
        var host = new ScriptedHost().Answer(429, retryAfter: retryAfter).Answer(200);

        await host.Client().SendAsync(new RegisterDevice { Provider = "apns", RegistrationId = "ab" });

        Assert.That(host.Time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task A_host_that_asks_for_more_patience_than_there_is_ends_the_request()
    {
        var host = new ScriptedHost().Answer(503, """{"responseStatus":{"errorCode":"Unavailable","message":"Full."}}""", retryAfter: "31");

        var problem = (await Assert.ThrowsAsync<PushHostException>(() => host.Client().SendAsync(new GetDevice { Id = 5 })))!;

        Assert.That((problem.RetryAfter, problem.ErrorCode, host.Time.Waits.Count), Is.EqualTo((TimeSpan.FromSeconds(31), "Unavailable", 0)));
    }

    [Test]
    public async Task Pauses_double_and_repeats_end()
    {
        var host = new ScriptedHost().Break().Break().Break().Break();

        await Assert.ThrowsAsync<PushHostException>(() => host.Client(options => (options.MaxRetries, options.RetryDelay) = (3, TimeSpan.FromSeconds(1))).SendAsync(new GetDevice { Id = 5 }));

        Assert.That(host.Time.Waits, Has.Count.EqualTo(3));
        Assert.That(host.Time.Waits[0].TotalSeconds, Is.InRange(0.5, 1));
        Assert.That(host.Time.Waits[1].TotalSeconds, Is.InRange(1, 2));
        Assert.That(host.Time.Waits[2].TotalSeconds, Is.InRange(2, 4));
    }

    [Test]
    public async Task What_a_repeated_delete_does_not_find_was_deleted_by_the_attempt_before()
    {
        var host = new ScriptedHost().Break().Answer(404, """{"responseStatus":{"errorCode":"NotFound"}}""");

        await host.Client().SendAsync(new DeleteDevice { Id = 5 });

        Assert.That(host.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_a_first_delete_does_not_find_is_told()
    {
        var host = new ScriptedHost().Answer(503).Answer(404, """{"responseStatus":{"errorCode":"NotFound"}}""");

        Assert.That((await Assert.ThrowsAsync<PushHostException>(() => host.Client().SendAsync(new DeleteDevice { Id = 5 })))!.ErrorCode, Is.EqualTo("NotFound"));
    }

    [Test]
    public async Task Silence_is_repeated_when_the_attempt_s_time_is_over()
    {
        var host = new ScriptedHost().StaySilent().Answer(200, """{"id":5}""");
        var client = host.Client(options => (options.AttemptTimeout, options.Time) = (TimeSpan.FromMilliseconds(20), TimeProvider.System));

        Assert.That((await client.SendAsync(new GetDevice { Id = 5 })).Id, Is.EqualTo(5));
    }

    [Test]
    public async Task Cancelling_ends_a_request_as_cancelled()
    {
        var reached = new TaskCompletionSource();
        var host = new ScriptedHost().StaySilent(reached);
        using var cancelling = new CancellationTokenSource();

        var asking = host.Client().SendAsync(new GetDevice { Id = 5 }, cancelling.Token);
        await reached.Task;
        await cancelling.CancelAsync();

        Assert.That(async () => await asking, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_answer_of_something_in_between_is_told_by_its_status()
    {
        var host = new ScriptedHost().Answer(413, "<html>Request Entity Too Large</html>");

        var problem = (await Assert.ThrowsAsync<PushHostException>(() => host.Client().SendAsync(Send)))!;

        Assert.That((problem.ErrorCode, problem.Errors.Count), Is.EqualTo(("RequestEntityTooLarge", 0)));
    }

    [Test]
    public async Task An_answer_that_cannot_be_read_is_no_answer_of_a_host()
    {
        var host = new ScriptedHost().Answer(200, "<html>Welcome to our network</html>");

        Assert.That((await Assert.ThrowsAsync<PushHostException>(() => host.Client().SendAsync(new GetDevice { Id = 5 })))!.ErrorCode, Is.EqualTo("UnreadableAnswer"));
    }
}
