using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>The gateway plugins of this host, those that failed included. Immutable.</summary>
public sealed class PluginCatalog
{
    private readonly Dictionary<string, LoadedPlugin> _byName = new(StringComparer.OrdinalIgnoreCase);

    internal PluginCatalog(IReadOnlyList<LoadedPlugin> plugins)
    {
        Plugins = plugins;
        // The loader lets no two loaded plugins share a name. A failed one answers for its name only where no other does.
        foreach (var plugin in plugins.OrderBy(plugin => plugin.State))
        {
            _byName.TryAdd(plugin.Name, plugin);
            foreach (var alias in plugin.Aliases)
                _byName.TryAdd(alias, plugin);
        }
    }

    /// <summary>No plugins.</summary>
    public static PluginCatalog Empty { get; } = new([]);

    /// <summary>All of them, in the order of their folders' names.</summary>
    public IReadOnlyList<LoadedPlugin> Plugins { get; }

    /// <summary>The plugin of this name or alias, compared without case: the loaded one, else the one that failed and whose
    /// <see cref="LoadedPlugin.Error"/> explains why nothing can be sent; null when there is neither.</summary>
    public LoadedPlugin? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same plugins and these, for apps that embed the host and bring gateways of their own.</summary>
    /// <exception cref="ArgumentException">A name is malformed or taken.</exception>
    public PluginCatalog With(params IReadOnlyList<IPushProviderFactory> factories)
    {
        var plugins = Plugins.ToList();
        foreach (var factory in factories)
        {
            var plugin = PluginNames.Describe(factory);
            if (PluginNames.Fault(plugin, plugins) is { } fault)
                throw new ArgumentException($"{factory.GetType().FullName} {fault}", nameof(factories));
            plugins.Add(plugin);
        }
        return new PluginCatalog(plugins);
    }
}
