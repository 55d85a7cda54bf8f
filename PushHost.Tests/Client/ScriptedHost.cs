using System.Collections.Concurrent;
using System.Net;
using PushHost.Client;

namespace PushHost.Tests.Client;

/// <summary>A host that answers from a script, and keeps what it was asked.</summary>
internal sealed class ScriptedHost : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<Asked> _asked = new();

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public InstantTime Time { get; } = new();

    public PushHostClient Client(Action<PushHostClientOptions>? configure = null)
    {
        var options = new PushHostClientOptions
        {
            BaseAddress = new Uri("http://push.example/below"), Key = "the-key", Time = Time, AttemptTimeout = Timeout.InfiniteTimeSpan,
        };
        configure?.Invoke(options);
        return new PushHostClient(new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan }, options);
    }

    public ScriptedHost Answer(int status, string body = "{}", string? retryAfter = null) => Answer(() => new StringContent(body), status, retryAfter);

    public ScriptedHost Answer(Func<HttpContent> content, int status = 200, string? retryAfter = null)
    {
        _answers.Enqueue(_ =>
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = content() };
            if (retryAfter is not null)
                answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return Task.FromResult(answer);
        });
        return this;
    }

    /// <summary>Takes the request and breaks the connection.</summary>
    public ScriptedHost Break()
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(new HttpRequestException("the connection broke")));
        return this;
    }

    /// <summary>Takes the request and stays silent.</summary>
    public ScriptedHost StaySilent(TaskCompletionSource? reached = null)
    {
        _answers.Enqueue(async cancellationToken =>
        {
            var never = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            reached?.SetResult();
            await never;
            throw new InvalidOperationException("infinity is over");
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        _asked.Enqueue(new Asked($"{request.Method} {request.RequestUri!.PathAndQuery}", headers, body));
        return _answers.TryDequeue(out var answer) ? await answer(cancellationToken) : throw new InvalidOperationException("the script is over");
    }
}

/// <param name="Line">Verb, path and query.</param>
internal sealed record Asked(string Line, IReadOnlyDictionary<string, string> Headers, string? Body);
