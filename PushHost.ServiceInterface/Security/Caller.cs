using PushHost.ServiceInterface.Apps;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Security;

/// <summary>Who sent the request being answered. Set by the authorizer before the service runs.</summary>
internal sealed class Caller(AppDirectory apps)
{
    private ApiKey? _key;

    /// <summary>The key's id, which keeps callers' idempotency keys apart; empty when the operation is open to all.</summary>
    public string Id => _key?.Id ?? "";

    /// <summary>Whether the caller has a scope; <c>admin</c> has all.</summary>
    public bool Has(string scope) => _key is not null && _key.Has(scope);

    /// <summary>The app a request is about: what it names, or the key's own, or <c>default</c>.</summary>
    /// <exception cref="RequestException">404 when there is no such app, 403 when the key is bound to another.</exception>
    public App App(string? appId)
    {
        var bound = _key?.App is { } id ? apps.ById(id) : null;
        var app = string.IsNullOrEmpty(appId)
            ? bound ?? apps.Default
            : apps.Named(appId) ?? throw RequestException.NotFound($"appId: there is no app '{appId}'");
        if (bound is not null && bound.Id != app.Id)
            throw RequestException.Forbidden($"appId is '{app.Name}', and this key is for '{bound.Name}'");
        return app;
    }

    public void Is(ApiKey key) => _key = key;
}
