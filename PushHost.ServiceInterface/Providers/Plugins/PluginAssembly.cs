using System.Reflection;
using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>The one assembly of a plugin folder that carries the contract, and the factory in it.</summary>
internal static class PluginAssembly
{
    private const string ContractRule = "a plugin carries [assembly: ProviderContract(ProviderContractAttribute.Current)]";

    /// <summary>The plugin's assembly among the folder's files: the one with a <c>.deps.json</c> beside it, else the one with the contract's attribute.</summary>
    /// <exception cref="PluginException">There is none, more than one, or it is broken.</exception>
    public static (string Path, PluginManifest Manifest) Find(string folder)
    {
        var files = Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            throw new PluginException("the folder holds no .dll; a plugin is its assembly with its .deps.json and what it needs");
        var named = files.Where(file => File.Exists(Path.ChangeExtension(file, ".deps.json"))).ToArray();
        if ((named.Length == 1 ? named[0] : files.Length == 1 ? files[0] : null) is { } only)
            return (only, PluginManifest.Read(only) ?? throw new PluginException($"{Path.GetFileName(only)} is not a .NET assembly, or it is damaged"));

        var plugins = files.Select(file => (Path: file, Manifest: PluginManifest.Read(file)))
            .Where(candidate => candidate.Manifest?.ContractVersion is not null).ToArray();
        return plugins.Length switch
        {
            1 => (plugins[0].Path, plugins[0].Manifest!),
            0 => throw new PluginException($"none of {Names(files)} is a plugin: {ContractRule}"),
            _ => throw new PluginException($"the folder holds several plugins ({Names(plugins.Select(plugin => plugin.Path))}); each needs a folder of its own"),
        };
    }

    /// <exception cref="PluginException">It was built for another version of the contract, or for none.</exception>
    public static void CheckContract(string path, PluginManifest manifest)
    {
        var name = Path.GetFileName(path);
        if (manifest.ContractVersion is not { } version)
            throw new PluginException($"{name} is not a plugin: {ContractRule}");
        if (version != ProviderContractAttribute.Current)
            throw new PluginException($"{name} was built for version {version} of the provider contract, and this host has version "
                + $"{ProviderContractAttribute.Current}; {(version < ProviderContractAttribute.Current ? "get a newer plugin" : "get a newer host or an older plugin")}");
    }

    /// <summary>Loads the assembly and makes its factory, which runs the plugin's code: it may throw anything.</summary>
    /// <exception cref="PluginException">There is no factory, or more than one.</exception>
    public static IPushProviderFactory CreateFactory(string path)
    {
        var assembly = new PluginLoadContext(path, SharedAssemblies.Names).LoadFromAssemblyPath(path);
        var name = Path.GetFileName(path);
        var factories = Types(assembly)
            .Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true } && type.IsAssignableTo(typeof(IPushProviderFactory)))
            .ToArray();
        if (factories.Length != 1)
            throw new PluginException(factories.Length == 0
                ? $"{name} has no public class that implements {nameof(IPushProviderFactory)}"
                : $"{name} has several factories ({string.Join(", ", factories.Select(type => type.FullName))}), and a plugin has one");
        if (factories[0].GetConstructor(Type.EmptyTypes) is null)
            throw new PluginException($"{factories[0].FullName} in {name} has no public constructor without parameters");
        try
        {
            return (IPushProviderFactory)Activator.CreateInstance(factories[0])!;
        }
        catch (TargetInvocationException error)
        {
            throw new PluginException($"{factories[0].FullName} in {name} failed: {error.InnerException?.GetType().Name}: {error.InnerException?.Message}");
        }
    }

    private static Type[] Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException error)
        {
            // Its own message is a list of many lines; the first cause says what is missing.
            throw new PluginException($"{assembly.GetName().Name}.dll cannot be loaded: {error.LoaderExceptions.FirstOrDefault()?.Message ?? error.Message}");
        }
    }

    private static string Names(IEnumerable<string> files) => string.Join(", ", files.Select(Path.GetFileName));
}
