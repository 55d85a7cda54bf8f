using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>Loads gateway plugins from the subfolders of one folder. A plugin that cannot be used is reported and never takes the host down.</summary>
/// <remarks>For each folder, in the order of their names:
/// 1. find the plugin's assembly and read its contract version from the file, before any of its code runs;
/// 2. load it in an <see cref="System.Runtime.Loader.AssemblyLoadContext"/> of its own, sharing the contract and what that refers to;
/// 3. make its one factory and ask for its names;
/// 4. refuse names that another plugin has.</remarks>
public static class PluginLoader
{
    /// <summary>Loads what is there.</summary>
    /// <param name="folder">The folder of plugin folders. If it doesn't exist, there are no plugins.</param>
    /// <param name="loggers">Where the outcome is told.</param>
    public static PluginCatalog Load(string folder, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger(typeof(PluginLoader));
        var plugins = new List<LoadedPlugin>();
        foreach (var pluginFolder in Folders(Path.GetFullPath(folder), logger))
        {
            var plugin = LoadOne(pluginFolder, plugins);
            if (plugin.Error is { } error)
                logger.PluginFailed(plugin.Name, pluginFolder, error);
            else
                logger.PluginLoaded(plugin.Name, plugin.Version, pluginFolder);
            plugins.Add(plugin);
        }
        return new PluginCatalog(plugins);
    }

    private static string[] Folders(string folder, ILogger logger)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder)
                .Where(plugin => !Path.GetFileName(plugin).StartsWith('.'))
                .Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            logger.NoPluginFolder(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.PluginFolderUnreadable(folder, error.Message);
        }
        return [];
    }

    private static LoadedPlugin LoadOne(string folder, List<LoadedPlugin> others)
    {
        var failed = new LoadedPlugin { Name = Path.GetFileName(folder).ToLowerInvariant(), Folder = folder };
        try
        {
            var (path, manifest) = PluginAssembly.Find(folder);
            failed = failed with { Version = manifest.Version };
            PluginAssembly.CheckContract(path, manifest);
            var plugin = PluginNames.Describe(PluginAssembly.CreateFactory(path)) with { Folder = folder, Version = manifest.Version };
            return PluginNames.Fault(plugin, others) is { } fault ? failed with { Error = $"{Path.GetFileName(path)} {fault}" } : plugin;
        }
        // A plugin is foreign code: whatever it throws is about the plugin, and the host runs on without it.
        catch (Exception error)
        {
            return failed with { Error = error is PluginException ? error.Message : $"{error.GetType().Name}: {error.Message}" };
        }
    }
}
