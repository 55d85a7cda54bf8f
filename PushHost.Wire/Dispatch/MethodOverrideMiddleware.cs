namespace PushHost.Wire;

/// <summary>Takes a POST for the verb that its <c>X-Http-Method-Override</c> names, as clients send it that are let through with GET and POST only.
/// Goes before routing.</summary>
internal sealed class MethodOverrideMiddleware(RequestDelegate next)
{
    private const string Name = "X-Http-Method-Override";

    public Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue(Name, out var given))
        {
            var verb = given.ToString().Trim().ToUpperInvariant();
            if (!OperationRoute.AllVerbs.Contains(verb))
                throw RequestException.Validation(Name, "UnknownValue", $"'{Name}' must be one of {string.Join(", ", OperationRoute.AllVerbs)}.");
            http.Request.Method = verb;
        }
        return next(http);
    }
}
