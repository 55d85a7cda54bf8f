namespace PushHost.Wire;

/// <summary>Makes one request DTO out of path, body and query. What the path says wins over the body, and the body over the
/// query.</summary>
internal sealed class RequestBinder(Operation operation, RequestBody body, WireJson json)
{
    private readonly TypeShape _shape = TypeShape.Of(operation.Request);
    private readonly BodyBinder _binder = new(operation, TypeShape.Of(operation.Request), json);

    /// <exception cref="RequestException">400, 413 or 415: the request isn't one this operation reads.</exception>
    public async ValueTask<object> BindAsync(HttpContext http, PathBinder path)
    {
        var query = http.Request.QueryString.Value;
        var hasQuery = !string.IsNullOrEmpty(query);
        var (request, taken) = await BindBodyAsync(http, hasQuery);
        if (hasQuery || !path.IsEmpty)
        {
            var faults = new JsvFaults(operation.RefusesUnknownMembers);
            if (hasQuery)
                QueryBinder.Bind(request, _shape, query!, taken, faults);
            path.Bind(request, http, faults);
            faults.ThrowIfAny();
        }
        return request;
    }

    private async ValueTask<BoundBody> BindBodyAsync(HttpContext http, bool wantsMembers)
    {
        if (!operation.TakesStream)
            return await body.ReadAsync(http, static (text, state) => state._binder.Bind(text, state.wantsMembers), (_binder, wantsMembers));
        var request = (IRequiresRequestStream)_shape.Create();
        request.RequestStream = body.Open(http);
        return new(request, null);
    }
}
