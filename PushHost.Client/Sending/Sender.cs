using System.Net;
using System.Net.Http.Headers;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>Sends requests, again where that is safe and may help.</summary>
internal sealed class Sender
{
    private const string NoAnswerCode = "NoAnswer";

    private static readonly ProductInfoHeaderValue Agent = new("PushHost.Client", typeof(Sender).Assembly.GetName().Version!.ToString(3));

    private readonly HttpClient _http;
    private readonly PushHostClientOptions _options;
    private readonly Uri _host;
    private readonly AuthenticationHeaderValue? _key;

    public Sender(HttpClient http, PushHostClientOptions options)
    {
        _http = http;
        _options = options;
        _key = options.Key is null ? null : new AuthenticationHeaderValue("Bearer", options.Key);
        var host = options.BaseAddress ?? http.BaseAddress
            ?? throw new ArgumentException("PushHostClient needs the host's address, in PushHostClientOptions.BaseAddress or HttpClient.BaseAddress.");
        // Without the slash, resolving a path would drop the last part of one that a proxy serves the host under.
        _host = new UriBuilder(host) { Path = host.AbsolutePath.TrimEnd('/') + "/" }.Uri;
    }

    /// <summary>Sends a request until it is answered with success.</summary>
    /// <returns>The answer, with its body unless the request streams it; null when what was to be deleted turned out to be gone already.</returns>
    /// <exception cref="PushHostException">The host refused it, or didn't answer, and another attempt is of no use or not safe.</exception>
    public async Task<HttpResponseMessage?> SendAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        // Whether an earlier attempt may have been done though its answer never came.
        var undecided = false;
        for (var repeats = 0; ; repeats++)
        {
            var (answer, problem) = await TryAsync(request, cancellationToken).ConfigureAwait(false);
            if (problem is null)
                return answer;
            if (undecided && request.GoneIsDone && problem.StatusCode == HttpStatusCode.NotFound)
                return null;
            undecided |= problem.StatusCode is null or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
            var pause = request.IsRepeatable && MayPass(problem.StatusCode) ? Pauses.Before(_options, repeats, problem.RetryAfter) : null;
            if (pause is null)
                throw problem;
            await _options.Time.DelayAsync(pause.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a stream that broke off ends with, when opening it again is of no use any more.</summary>
    public static PushHostException BrokeOff(string operation, Exception? cause) =>
        new(operation, status: null, new ResponseStatus { ErrorCode = NoAnswerCode, Message = "the stream broke off again and again" }, cause: cause);

    private static bool MayPass(HttpStatusCode? status) =>
        status is null or HttpStatusCode.RequestTimeout or (HttpStatusCode)429 or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private async Task<(HttpResponseMessage? Answer, PushHostException? Problem)> TryAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(_host);
        if (_key is not null)
            message.Headers.Authorization = _key;
        if (_http.DefaultRequestHeaders.UserAgent.Count == 0)
            message.Headers.UserAgent.Add(Agent);
        using var deadline = request.TakesItsTime ? new CancellationTokenSource() : _options.Time.CancelAfter(_options.AttemptTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var reading = request.StreamsAnswer ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
            var answer = await _http.SendAsync(message, reading, either.Token).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
                return (answer, null);
            using (answer)
                return (null, await Answers.ErrorAsync(request, answer, _options.Time, either.Token).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, NoAnswer(request, exception.GetBaseException().Message, exception));
        }
        // The caller's own cancelling passes through; that of a deadline, ours or the HTTP client's, is silence.
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, NoAnswer(request, "its time ran out", exception));
        }
    }

    private static PushHostException NoAnswer(OutgoingRequest request, string message, Exception cause) =>
        new(request.Name, status: null, new ResponseStatus { ErrorCode = NoAnswerCode, Message = message }, cause: cause);
}
