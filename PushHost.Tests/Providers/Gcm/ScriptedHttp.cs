using System.Collections.Concurrent;
using System.Net;

namespace PushHost.Tests.Providers.Gcm;

/// <summary>Answers requests from a script, and keeps their bodies.</summary>
internal sealed class ScriptedHttp : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();

    public IReadOnlyList<string> Requests => [.. _requests];

    public ScriptedHttp Answer(int status, string body, string? retryAfter = null)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
            if (retryAfter is not null)
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return Task.FromResult(response);
        });
        return this;
    }

    public ScriptedHttp Fail(Exception error)
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(error));
        return this;
    }

    public ScriptedHttp NeverAnswer(TaskCompletionSource reached)
    {
        _answers.Enqueue(async cancellationToken =>
        {
            var never = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            reached.SetResult();
            await never;
            throw new InvalidOperationException("infinity is over");
        });
        return this;
    }

    public ScriptedHttp AnswerWhen(Task ready, int status, string body)
    {
        _answers.Enqueue(async cancellationToken =>
        {
            await ready.WaitAsync(cancellationToken);
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        return _answers.TryDequeue(out var answer) ? await answer(cancellationToken) : throw new InvalidOperationException("the script is over");
    }
}
