using System.Reflection;
using System.Text.RegularExpressions;
using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>What a factory says of itself, and whether it may be called so.</summary>
internal static partial class PluginNames
{
    /// <summary>Asks the factory, which runs the plugin's code: it may throw anything.</summary>
    public static LoadedPlugin Describe(IPushProviderFactory factory) => new()
    {
        Name = factory.Name,
        Aliases = [.. factory.Aliases],
        Version = PluginManifest.Short(factory.GetType().Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion),
        Factory = factory,
    };

    /// <summary>What is wrong with the plugin's names, beside those that are loaded already; null if nothing is.</summary>
    public static string? Fault(LoadedPlugin plugin, IEnumerable<LoadedPlugin> others)
    {
        foreach (var name in plugin.Aliases.Prepend(plugin.Name))
        {
            if (name is null || !NameForm().IsMatch(name))
                return $"has the name '{name}', and a name is 1 to 40 lower-case letters and digits";
            if (others.FirstOrDefault(other => other.State == PluginState.Loaded && other.IsNamed(name)) is { } other)
                return $"has the name '{name}', which {other.Folder ?? "the embedding app's"} already has as provider '{other.Name}'; remove one of them";
        }
        return null;
    }

    [GeneratedRegex(@"\A[a-z0-9]{1,40}\z")]
    private static partial Regex NameForm();
}
