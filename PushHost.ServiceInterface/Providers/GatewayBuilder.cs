using Microsoft.Extensions.Logging;
using PushHost.Providers;
using PushHost.Providers.Settings;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Providers.Plugins;

namespace PushHost.ServiceInterface.Providers;

/// <summary>Makes the gateways that the settings name, or says everything that is wrong with them.</summary>
internal sealed class GatewayBuilder(PluginCatalog catalog, AppDirectory apps, string contentRoot, TimeProvider time, ILoggerFactory loggers)
{
    private readonly List<SettingsFault> _faults = [];
    private readonly List<(App App, IPushProviderFactory Factory, CredentialSettings Settings)> _credentials = [];

    /// <summary>Checks every credential and makes their providers.</summary>
    /// <exception cref="SettingsException">Something is wrong; nothing was made.</exception>
    public IReadOnlyList<Gateway> Build(IReadOnlyList<ProviderSection> sections)
    {
        var seen = new HashSet<(string App, string Provider)>();
        foreach (var section in sections)
        {
            var plugin = catalog.Find(section.Provider);
            if (plugin?.Factory is not { } factory)
                Fault(section, plugin?.Error is { } error ? $"needs the plugin {plugin.Name}, which could not be loaded: {error}" : NoPlugin());
            else if (!seen.Add((section.App, factory.Name)))
                Fault(section, $"is set twice, under {factory.Name} and under another name of it");
            else
                Read(section, factory);
        }
        if (_faults.Count > 0)
            throw new SettingsException(_faults);

        var services = new ProviderServices { Time = time, Loggers = loggers };
        return [.. _credentials.Select(credential => new Gateway(
            credential.App.Id, credential.Factory.Name, credential.Settings.Environment, credential.Factory.Create(credential.Settings, services)))];
    }

    private void Read(ProviderSection section, IPushProviderFactory factory)
    {
        var (values, nested) = section.Section.Content();
        Check(section, factory, section.Section.Path, values, Environment(section, factory, values));
        foreach (var name in nested)
        {
            var environment = factory.Environments.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (environment is null || environment == Environment(section, factory, values))
            {
                _faults.Add(new SettingsFault(
                    $"{section.Section.Path}:{name}", $"has members, and is not another environment of {factory.Name}{Others(factory)}"));
                continue;
            }
            var inner = section.Section.Section(name);
            Check(section, factory, inner.Path, inner.Content().Values, environment);
        }
    }

    private void Check(ProviderSection section, IPushProviderFactory factory, string path, Dictionary<string, string> values, string? environment)
    {
        var settings = new CredentialSettings(values, environment, value => File.ReadAllBytes(Path.GetFullPath(value, contentRoot)));
        var faults = factory.Check(settings);
        _faults.AddRange(faults.Select(fault => new SettingsFault($"{path}:{fault.Setting}", fault.Message)));
        if (faults.Count == 0 && apps.Named(section.App) is { } app)
            _credentials.Add((app, factory, settings));
    }

    private string? Environment(ProviderSection section, IPushProviderFactory factory, Dictionary<string, string> values)
    {
        if (factory.Environments.Count == 0)
            return null;
        if (!values.TryGetValue("Environment", out var value) || value.Length == 0)
            return factory.Environments[0];
        var environment = factory.Environments.FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (environment is not null)
            return environment;
        var fault = new SettingsFault($"{section.Section.Path}:Environment", $"is '{value}', and must be {string.Join(" or ", factory.Environments)}");
        if (!_faults.Contains(fault))
            _faults.Add(fault);
        return factory.Environments[0];
    }

    private void Fault(ProviderSection section, string message) => _faults.Add(new SettingsFault(section.Section.Path, message));

    private string NoPlugin() =>
        $"names no provider; there are {string.Join(", ", catalog.Plugins.Where(plugin => plugin.State == PluginState.Loaded).Select(plugin => plugin.Name))}";

    private static string Others(IPushProviderFactory factory) =>
        factory.Environments.Count == 0 ? "" : $" ({string.Join(", ", factory.Environments)})";
}
