using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Providers.Plugins;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Providers;

/// <summary>Lists the gateway plugins.</summary>
internal sealed class PluginServices(PushProviders providers, AppDirectory apps) : IService
{
    [RequiresScope(Scopes.Admin)]
    public QueryResponse<ProviderInfo> Get(QueryProviders request)
    {
        var plugins = providers.Catalog.Plugins;
        return new QueryResponse<ProviderInfo> { Total = plugins.Count, Results = [.. plugins.Select(Describe)] };
    }

    private ProviderInfo Describe(LoadedPlugin plugin) => new()
    {
        Name = plugin.Name,
        Version = plugin.Version,
        Folder = plugin.Folder is null ? null : Path.GetFileName(plugin.Folder),
        State = plugin.State == PluginState.Failed ? ProviderState.Failed
            : apps.All.Any(app => providers.Of(app.Id, plugin.Name).Count > 0) ? ProviderState.Ready
            : ProviderState.NoCredential,
        Error = plugin.Error,
    };
}
