using Microsoft.Extensions.Configuration;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Host.Settings;

/// <summary>All settings below <c>PushHost</c>, checked. What is not known is refused, so that no misspelt setting is lost in silence.</summary>
internal sealed class PushHostSettings
{
    private const int MinAdminKey = 32;
    private static readonly string[] Openable = ["docs", "openapi", "types", "metrics"];

    public required StorageSettings Storage { get; init; }

    /// <summary>The folder of plugin folders; a relative path starts at the binary's folder.</summary>
    public required string PluginFolder { get; init; }

    /// <summary>The key that may do everything; null when it is in the database.</summary>
    public required string? AdminKey { get; init; }

    /// <summary>What needs no credential besides health.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>The origins whose pages may call, as browsers write them; empty for none.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    public required DeliverySettings Delivery { get; init; }

    public required HealthSettings Health { get; init; }

    public required RetentionSettings Retention { get; init; }

    /// <summary>The apps that are named.</summary>
    public required IReadOnlyCollection<string> Apps { get; init; }

    /// <summary>The gateway settings by app and provider, as written.</summary>
    public required IReadOnlyList<ProviderSection> Providers { get; init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">Something is wrong; names every fault.</exception>
    public static PushHostSettings Read(IConfiguration configuration)
    {
        var faults = new List<SettingsFault>();
        var root = new SettingsSection(configuration.GetSection("PushHost"), "PushHost", faults);
        var settings = new PushHostSettings
        {
            Storage = ReadStorage(root.Section("Storage")),
            PluginFolder = ReadPluginFolder(root.Section("Plugins")),
            AdminKey = ReadAdminKey(root),
            Open = ReadOpen(root),
            CorsOrigins = ReadCors(root.Section("Cors")),
            Delivery = DeliverySettings.Read(root.Section("Delivery")),
            Health = HealthSettings.Read(root.Section("Health")),
            Retention = RetentionSettings.Read(root.Section("Retention")),
            Providers = ReadApps(root.Section("Apps")),
            Apps = [.. configuration.GetSection("PushHost:Apps").GetChildren().Select(app => app.Key)],
        };
        root.RefuseOthers();
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    private static StorageSettings ReadStorage(SettingsSection section)
    {
        var defaults = new StorageSettings();
        var provider = section.Text("Provider", defaults.Provider);
        if (provider is not StorageSettings.Sqlite and not StorageSettings.Postgres)
            section.Fault("Provider", $"is '{provider}', and must be {StorageSettings.Sqlite} or {StorageSettings.Postgres}");
        var connectionString = section.Text("ConnectionString");
        if (connectionString is null && provider == StorageSettings.Postgres)
            section.Fault("ConnectionString", "must be given with postgres, such as 'Host=db;Database=pushhost;Username=pushhost;Password=…'");
        section.RefuseOthers();
        return new StorageSettings { Provider = provider, ConnectionString = connectionString ?? defaults.ConnectionString };
    }

    private static string ReadPluginFolder(SettingsSection section)
    {
        var given = section.Text("Folder");
        var folder = Path.GetFullPath(given ?? "plugins", AppContext.BaseDirectory);
        // Without the setting there may be no plugins: an app that embeds the host brings its gateways itself.
        if (given is not null && !Directory.Exists(folder))
            section.Fault("Folder", $"is '{given}', and there is no folder {folder}");
        section.RefuseOthers();
        return folder;
    }

    private static string? ReadAdminKey(SettingsSection root)
    {
        var key = root.Text("AdminKey");
        if (key is not null && key.Length < MinAdminKey)
            root.Fault("AdminKey", $"has {key.Length} characters, and must have at least {MinAdminKey}");
        return key;
    }

    private static IReadOnlyList<string> ReadOpen(SettingsSection root)
    {
        var open = root.List("Open") ?? ["docs", "openapi", "types"];
        foreach (var name in open.Where(name => !Openable.Contains(name)))
            root.Fault("Open", $"names '{name}', and can name {string.Join(", ", Openable)}");
        return open;
    }

    private static List<string> ReadCors(SettingsSection section)
    {
        var origins = new List<string>();
        foreach (var text in section.List("Origins") ?? [])
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin is { Host.Length: > 0, PathAndQuery: "/" or "", Fragment: "", UserInfo: "" })
                origins.Add(origin.GetLeftPart(UriPartial.Authority));
            else
                section.Fault("Origins", $"names '{text}', and can name origins such as https://admin.example.com");
        }
        section.RefuseOthers();
        return origins;
    }

    private static List<ProviderSection> ReadApps(SettingsSection apps)
    {
        var providers = new List<ProviderSection>();
        foreach (var name in apps.Names.ToList())
        {
            var app = apps.Section(name);
            if (!AppDirectory.IsName(name))
                apps.Fault(name, "is no name for an app: 1 to 63 lower-case letters, digits and dashes, beginning with a letter or digit");
            if (app.Flag("AllowAnonymousRegistration", false))
                app.Fault("AllowAnonymousRegistration", "is true, and this version has no open registration: give the phone app a key with the scope register");
            var section = app.Section("Providers");
            providers.AddRange(section.Names.Select(provider => new ProviderSection(name, provider, section.Section(provider))));
            app.RefuseOthers();
        }
        return providers;
    }
}

/// <summary>The settings of one app's credential for one provider, as written.</summary>
/// <param name="App">The app's name.</param>
/// <param name="Provider">The provider's name or alias.</param>
/// <param name="Section">The settings; read once the provider is loaded.</param>
internal sealed record ProviderSection(string App, string Provider, SettingsSection Section);
