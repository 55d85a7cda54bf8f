using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PushHost.Providers;
using PushHost.Providers.Settings;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Providers.Plugins;

namespace PushHost.ServiceInterface.Providers;

/// <summary>Makes the gateways that the settings name, or says everything that is wrong with them.</summary>
internal sealed class GatewayBuilder(PluginCatalog catalog, AppDirectory apps, string contentRoot, TimeProvider time, ILoggerFactory loggers, ISharedTokens? sharedTokens)
{
    private readonly List<SettingsFault> _faults = [];
    private readonly List<(App App, IPushProviderFactory Factory, CredentialSettings Settings, int? MaxPerMinute)> _credentials = [];

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

        return [.. _credentials.Select(Make)];
    }

    private Gateway Make((App App, IPushProviderFactory Factory, CredentialSettings Settings, int? MaxPerMinute) credential) => new(
        credential.App.Id, credential.Factory.Name, credential.Settings.Environment,
        capacityChanged => credential.Factory.Create(
            credential.Settings, new ProviderServices { Time = time, Loggers = loggers, CapacityChanged = capacityChanged, SharedTokens = sharedTokens }))
    {
        MaxPerMinute = credential.MaxPerMinute,
    };

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
        var maxPerMinute = MaxPerMinute(factory, path, values);
        // A lane's provider is made when the lane is first used: with what was checked, whatever has become of the files since.
        var files = new ConcurrentDictionary<string, byte[]>();
        var settings = new CredentialSettings(
            values, environment, value => files.GetOrAdd(value, name => File.ReadAllBytes(Path.GetFullPath(name, contentRoot))));
        var faults = factory.Check(settings);
        _faults.AddRange(faults.Select(fault => new SettingsFault($"{path}:{fault.Setting}", fault.Message)));
        if (faults.Count == 0 && apps.Named(section.App) is { } app)
            _credentials.Add((app, factory, settings, maxPerMinute));
    }

    // The engine's own setting, which no plugin has to know.
    private int? MaxPerMinute(IPushProviderFactory factory, string path, Dictionary<string, string> values)
    {
        const int Most = 100_000_000;
        if (!values.Remove("MaxPerMinute", out var text) || text.Length == 0)
            return factory.MaxPerMinute;
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most)
            return number;
        _faults.Add(new SettingsFault($"{path}:MaxPerMinute", $"is '{text}', and must be a whole number from 1 to {Most}"));
        return null;
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

    private string NoPlugin()
    {
        var names = catalog.Plugins.Where(plugin => plugin.State == PluginState.Loaded).Select(plugin => plugin.Name).ToList();
        return names.Count > 0
            ? $"names no provider; there are {string.Join(", ", names)}"
            : "names no provider, since no plugin was loaded; the log says from which folder, which is PushHost:Plugins:Folder";
    }

    private static string Others(IPushProviderFactory factory) =>
        factory.Environments.Count == 0 ? "" : $" ({string.Join(", ", factory.Environments)})";
}
