using PushHost.Providers;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers.Plugins;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Providers;

/// <summary>The registry that services and the engine dispatch through: providers by name, and gateways by app, provider and environment.</summary>
internal sealed class PushProviders(PluginCatalog catalog) : IAsyncDisposable
{
    private volatile IReadOnlyList<Gateway> _gateways = [];

    public PluginCatalog Catalog => catalog;

    /// <summary>The factories that work.</summary>
    public IEnumerable<IPushProviderFactory> Loaded => catalog.Plugins.Select(plugin => plugin.Factory).OfType<IPushProviderFactory>();

    /// <summary>The provider's factory; null when there is none that works. Names and aliases both find it.</summary>
    public IPushProviderFactory? Find(string name) => catalog.Find(name)?.Factory;

    /// <summary>The provider's factory; null, with a fault, when there is none that works.</summary>
    public IPushProviderFactory? Named(string? name, string field, Validation validation)
    {
        if (string.IsNullOrEmpty(name))
        {
            validation.Fault(field, "NotEmpty", $"is missing, and must be one of {Names()}");
            return null;
        }
        var plugin = catalog.Find(name);
        if (plugin?.Factory is { } factory)
            return factory;
        validation.Fault(field, Faults.UnknownProvider, plugin?.Error is { } error
            ? $"is '{plugin.Name}', whose plugin could not be loaded: {error}"
            : $"is '{DeviceRules.Short(name)}', and must be one of {Names()}");
        return null;
    }

    private string Names() => string.Join(", ", Loaded.Select(factory => factory.Name));

    /// <summary>The gateways of an app's provider, the usual environment's first; empty when no credential is set.</summary>
    public IReadOnlyList<Gateway> Of(long app, string provider) => [.. _gateways.Where(gateway => gateway.App == app && gateway.ProviderName == provider)];

    /// <summary>The gateway for a device's environment; null when no credential is set for it.</summary>
    public Gateway? For(long app, string provider, string? environment)
    {
        Gateway? first = null;
        foreach (var gateway in _gateways)
        {
            if (gateway.App != app || gateway.ProviderName != provider)
                continue;
            if (environment is null || gateway.Environment == environment)
                return gateway;
            first ??= gateway;
        }
        // A gateway without environments serves whatever a device says.
        return first is { Environment: null } ? first : null;
    }

    /// <summary>The providers that an app has a credential for.</summary>
    public IReadOnlyList<string> WithCredential(long app) =>
        [.. _gateways.Where(gateway => gateway.App == app).Select(gateway => gateway.ProviderName).Distinct()];

    /// <summary>Puts the gateways in place, once they are made at the start.</summary>
    public void Use(IReadOnlyList<Gateway> gateways) => _gateways = gateways;

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
    }
}
