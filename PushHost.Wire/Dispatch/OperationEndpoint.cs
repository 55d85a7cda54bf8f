namespace PushHost.Wire;

/// <summary>Answers one operation, whichever of its routes it came by. Made once at startup; no request costs reflection.</summary>
internal sealed class OperationEndpoint(OperationRun run, RequestBody body, WireJson json)
{
    private readonly RequestBinder _binder = new(run.Operation, body, json);
    private readonly AnswerWriter _answers = new(run.Operation, json);
    private readonly TypeShape _shape = TypeShape.Of(run.Operation.Request);

    /// <summary>The delegate for one of the operation's routes.</summary>
    /// <param name="route">The route.</param>
    /// <param name="oneWay">Whether the answer is dropped once the operation is done: 204.</param>
    public RequestDelegate For(OperationRoute route, bool oneWay = false)
    {
        var path = new PathBinder(route, _shape);
        return http => AnswerAsync(http, route.Template, path, oneWay);
    }

    // The way of every request: 1. may the caller? 2. what is asked? 3. do it 4. say it.
    private async Task AnswerAsync(HttpContext http, string route, PathBinder path, bool oneWay)
    {
        var context = await run.BeginAsync(http, http.RequestServices, route);
        var request = await _binder.BindAsync(http, path);
        var answer = await run.CallAsync(http.RequestServices, request, http.RequestAborted);
        if (oneWay)
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await _answers.WriteAsync(context, answer);
    }
}
