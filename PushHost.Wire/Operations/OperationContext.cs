namespace PushHost.Wire;

/// <summary>The request that is being answered. A service takes it in its constructor to answer 201 or 202 or to set headers.</summary>
public sealed class OperationContext
{
    private HttpContext? _http;
    private Operation? _operation;
    private bool _inBatch;

    /// <summary>The operation that was asked for.</summary>
    /// <exception cref="InvalidOperationException">Not within a request for an operation.</exception>
    public Operation Operation => _operation ?? throw NoRequest();

    /// <summary>The request and response as ASP.NET Core has them.</summary>
    /// <exception cref="InvalidOperationException">Not within a request for an operation.</exception>
    public HttpContext Http => _http ?? throw NoRequest();

    /// <summary>The template of the route that matched, such as <c>/device/{Provider}</c>; safe to log, unlike the path, which may carry
    /// a token.</summary>
    public string? Route { get; private set; }

    /// <summary>The status of a success; null is 200, or 204 where there is nothing to carry.</summary>
    public int? StatusCode { get; set; }

    /// <summary>Sets a header of the answer. It is dropped if the operation fails afterwards, and in a batch, where one answer carries many.</summary>
    public void SetHeader(string name, string value)
    {
        if (!_inBatch)
            Http.Response.Headers[name] = value;
    }

    internal void Begin(HttpContext http, Operation operation, string route, bool inBatch = false)
    {
        _http = http;
        _operation = operation;
        _inBatch = inBatch;
        Route = route;
    }

    private static InvalidOperationException NoRequest() => new("There is no request for an operation in this scope.");
}
