using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Security;

/// <summary>Lets a request through whose key has one of the scopes its operation names.</summary>
internal sealed class KeyAuthorizer(ApiKeys keys, PushHostSettings settings) : IOperationAuthorizer
{
    private static readonly ApiKey ConfiguredAdmin = new("admin", null, [Scopes.Admin]);
    private readonly byte[]? _adminKey = settings.AdminKey is { Length: > 0 } key ? ApiKey.Hash(key) : null;

    public ValueTask AuthorizeAsync(HttpContext http, Operation operation, CancellationToken cancellationToken)
    {
        var known = Known(http.Request.Headers);
        if (operation.Scopes is { Count: > 0 } scopes && !scopes.Any(known.Has))
            throw RequestException.Forbidden($"{operation.Name} needs a key with the scope {string.Join(" or ", scopes)}; this one has {string.Join(", ", known.Granted)}.");
        http.RequestServices.GetRequiredService<Caller>().Is(known);
        return ValueTask.CompletedTask;
    }

    /// <summary>The good key that a request carries.</summary>
    /// <exception cref="RequestException">401 when there is none.</exception>
    public ApiKey Known(IHeaderDictionary headers)
    {
        _ = Credential(headers) ?? throw RequestException.Unauthorized();
        return KnownOrNull(headers) ?? throw RequestException.Unauthorized("The key is not known, or was revoked.");
    }

    /// <summary>The good key that a request carries; null when there is none.</summary>
    public ApiKey? KnownOrNull(IHeaderDictionary headers) => Credential(headers) is { } key ? Find(key) : null;

    /// <summary>The key that a request carries, in <c>Authorization: Bearer</c> or <c>X-Api-Key</c>; null if there is none.</summary>
    public static string? Credential(IHeaderDictionary headers)
    {
        const string Bearer = "Bearer ";
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return authorization[Bearer.Length..].Trim() is { Length: > 0 } token ? token : null;
        return headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key : null;
    }

    private ApiKey? Find(string key) =>
        _adminKey is not null && CryptographicOperations.FixedTimeEquals(_adminKey, ApiKey.Hash(key)) ? ConfiguredAdmin : keys.Find(key);
}
