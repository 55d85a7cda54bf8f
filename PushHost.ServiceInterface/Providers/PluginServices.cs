using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host;
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
        var validation = new Validation();
        var paging = Paging.From(request, validation);
        if (Paging.OrderOf(request, validation) is { Length: > 0 })
            validation.Fault("orderBy", "UnknownValue", "is not for plugins, which come by name");
        if (request.After is not null)
            validation.Fault("after", "Contradiction", "is not for plugins, which have no ids: page with skip and take");
        validation.ThrowIfFaulty();

        var plugins = providers.Catalog.Plugins;
        return new QueryResponse<ProviderInfo>
        {
            Offset = paging.Skip,
            Total = paging.Total ? plugins.Count : null,
            Results = [.. plugins.OrderBy(plugin => plugin.Name, StringComparer.Ordinal).Skip(paging.Skip).Take(paging.Take).Select(Describe)],
        };
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
