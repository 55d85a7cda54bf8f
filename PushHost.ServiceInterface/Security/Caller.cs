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
    /// <exception cref="RequestException">404 when there is no such app; 403 when the key is bound to another, whether or not there is one of the
    /// name, or to one that was made after this host started.</exception>
    public App App(string? appId)
    {
        if (_key?.App is not { } id)
            return string.IsNullOrEmpty(appId) ? apps.Default : apps.Named(appId) ?? throw RequestException.NotFound($"appId: there is no app '{appId}'");
        var bound = apps.ById(id) ?? throw RequestException.Forbidden("This key is for an app that this host does not know: its settings must name the app when it starts.");
        return string.IsNullOrEmpty(appId) || appId == bound.Name
            ? bound
            : throw RequestException.Forbidden($"appId is '{appId}', and this key is for '{bound.Name}'");
    }

    public void Is(ApiKey key) => _key = key;
}
