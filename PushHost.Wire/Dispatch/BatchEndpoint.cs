using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Wire;

/// <summary>Answers a list of requests of one operation with the list of their answers, in order. Each is authorised and done as if it had come alone,
/// in a scope of its own. The first that fails ends the batch and is what the caller is told; those before it stay done.</summary>
internal sealed class BatchEndpoint(OperationRun run, RequestBody body, WireOptions options, WireJson json)
{
    private readonly BatchBinder _binder = new(run.Operation, body, options, json);
    private readonly AnswerWriter _answers = new(run.Operation, json);

    /// <summary>The delegate for one of the operation's batch routes.</summary>
    /// <param name="route">The route.</param>
    /// <param name="oneWay">Whether the answers are dropped once all is done: 204.</param>
    public RequestDelegate For(OperationRoute route, bool oneWay) => http => AnswerAsync(http, route.Template, oneWay);

    // 1. may the caller? 2. what is asked, all of it, before anything is done? 3. do one after the other 4. say it.
    private async Task AnswerAsync(HttpContext http, string route, bool oneWay)
    {
        await run.BeginAsync(http, http.RequestServices, route, inBatch: true);
        RefuseIdempotencyKey(http.Request.Headers);
        var progress = new BatchProgress();
        http.Features.Set(progress);
        var requests = await _binder.BindAsync(http, progress);

        var answers = new ArrayPoolWriter();
        try
        {
            await using (var writer = json.Writer(answers))
            {
                writer.WriteStartArray();
                foreach (var request in requests)
                {
                    await RunAsync(http, route, request, oneWay ? null : writer);
                    progress.Next();
                    if (writer.BytesCommitted + writer.BytesPending > options.MaxBatchAnswerBytes && progress.Completed < requests.Count)
                        throw TooMuchToSay();
                }
                writer.WriteEndArray();
            }
            http.Response.Headers[BatchProgress.Header] = requests.Count.ToString(CultureInfo.InvariantCulture);
            if (oneWay)
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await WireJson.WriteAsync(http, answers);
        }
        finally
        {
            answers.Release();
        }
    }

    private async Task RunAsync(HttpContext http, string route, object request, Utf8JsonWriter? answers)
    {
        http.RequestAborted.ThrowIfCancellationRequested();
        var outer = http.RequestServices;
        await using var scope = outer.CreateAsyncScope();
        // Whoever looks for services by way of the request finds those of its own item.
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await run.BeginAsync(http, scope.ServiceProvider, route, inBatch: true);
            var answer = await run.CallAsync(scope.ServiceProvider, request, http.RequestAborted);
            if (answers is not null)
                _answers.WriteItem(answers, answer);
        }
        finally
        {
            http.RequestServices = outer;
        }
    }

    private RequestException TooMuchToSay() => new(
        413, ErrorCodes.RequestTooLarge, $"The answers are larger than the {options.MaxBatchAnswerBytes} bytes that a batch answers; send fewer requests at once.");

    private static void RefuseIdempotencyKey(IHeaderDictionary headers)
    {
        const string Name = "Idempotency-Key";
        if (headers.ContainsKey(Name))
            throw RequestException.Validation(Name, "NotOnBatches", $"'{Name}' names one request, and this is a batch; send the requests alone, or give each a key of its own.");
    }
}
