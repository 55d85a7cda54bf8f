using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Wire;

/// <summary>Answers one operation, whichever of its routes it came by. Made once at startup; no request costs reflection.</summary>
internal sealed class OperationEndpoint(Operation operation, WireOptions options, WireJson json)
{
    private readonly RequestBinder _binder = new(operation, options, json);
    private readonly ServiceCall _call = ServiceInvoker.Make(operation.Method.ReflectedType!, operation.Method);
    private readonly AnswerWriter _answers = new(operation, json);
    private readonly TypeShape _shape = TypeShape.Of(operation.Request);

    /// <summary>The delegate for one of the operation's routes.</summary>
    public RequestDelegate For(OperationRoute route)
    {
        var path = new PathBinder(route, _shape);
        return http => AnswerAsync(http, route.Template, path);
    }

    // The way of every request: 1. may the caller? 2. what is asked? 3. do it 4. say it.
    private async Task AnswerAsync(HttpContext http, string route, PathBinder path)
    {
        var services = http.RequestServices;
        var context = services.GetRequiredService<OperationContext>();
        context.Begin(http, operation, route);
        await services.GetRequiredService<IOperationAuthorizer>().AuthorizeAsync(http, operation, http.RequestAborted);
        var request = await _binder.BindAsync(http, path);
        var service = services.GetRequiredService(operation.Method.ReflectedType!);
        var answer = await _call(service, request, http.RequestAborted);
        await _answers.WriteAsync(context, answer);
    }
}
