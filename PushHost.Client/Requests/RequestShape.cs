using System.Collections.Concurrent;
using System.Reflection;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>What a request's type says about how it is sent.</summary>
internal sealed class RequestShape
{
    private static readonly ConcurrentDictionary<Type, RequestShape> Known = new();

    private readonly PropertyInfo? _key;

    private RequestShape(Type type)
    {
        Name = type.Name;
        Routes = [.. type.GetCustomAttributes<RouteAttribute>().Select(route => new RequestRoute(route))];
        Verb = VerbOf(type);
        HasBody = Verb == HttpMethod.Post || Verb == HttpMethod.Put || Verb.Method == "PATCH";
        IsRepeatable = Verb != HttpMethod.Post || type.IsDefined(typeof(RepeatableAttribute));
        _key = type.GetProperty("IdempotencyKey");
    }

    /// <summary>The operation's name.</summary>
    public string Name { get; }

    public HttpMethod Verb { get; }

    public IReadOnlyList<RequestRoute> Routes { get; }

    /// <summary>Whether the members travel in a body; else they are the query.</summary>
    public bool HasBody { get; }

    /// <summary>Whether doing it twice is the same as doing it once.</summary>
    public bool IsRepeatable { get; }

    /// <summary>Whether an idempotency key makes it repeatable.</summary>
    public bool TakesKey => _key is not null;

    public static RequestShape Of(object request) => Known.GetOrAdd(request.GetType(), type => new RequestShape(type));

    /// <summary>The idempotency key that the caller has given.</summary>
    public string? KeyOf(object request) => (string?)_key?.GetValue(request);

    private HttpMethod VerbOf(Type type)
    {
        if (typeof(IGet).IsAssignableFrom(type))
            return HttpMethod.Get;
        if (typeof(IPut).IsAssignableFrom(type))
            return HttpMethod.Put;
        if (typeof(IPatch).IsAssignableFrom(type))
            return new HttpMethod("PATCH");
        if (typeof(IDelete).IsAssignableFrom(type))
            return HttpMethod.Delete;
        return HttpMethod.Post;
    }
}
