using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Wire;

/// <summary>What a request goes through on its own and in a batch alike: the authorizer, then the service.</summary>
internal sealed class OperationRun(Operation operation)
{
    private readonly Type _service = operation.Method.ReflectedType!;
    private readonly ServiceCall _call = ServiceInvoker.Make(operation.Method.ReflectedType!, operation.Method);

    public Operation Operation => operation;

    /// <summary>Begins a request within a scope of services.</summary>
    /// <exception cref="RequestException">The caller may not.</exception>
    public async ValueTask<OperationContext> BeginAsync(HttpContext http, IServiceProvider scope, string route, bool inBatch = false)
    {
        var context = scope.GetRequiredService<OperationContext>();
        context.Begin(http, operation, route, inBatch);
        // Answers hold people's data, and caches know only Authorization for a credential: one before this host may not give an answer to somebody else.
        http.Response.Headers.CacheControl = "no-store";
        await scope.GetRequiredService<IOperationAuthorizer>().AuthorizeAsync(http, operation, http.RequestAborted);
        return context;
    }

    public ValueTask<object?> CallAsync(IServiceProvider scope, object request, CancellationToken cancellationToken) =>
        _call(scope.GetRequiredService(_service), request, cancellationToken);
}
