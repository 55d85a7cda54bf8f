using System.Reflection;
using System.Runtime.Loader;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>Where one plugin's assemblies live, apart from other plugins' versions of the same libraries.</summary>
/// <param name="path">The plugin's assembly.</param>
/// <param name="shared">The simple names of assemblies that are the host's for everyone.</param>
internal sealed class PluginLoadContext(string path, IReadOnlySet<string> shared) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A type that crosses the contract must be the host's: a plugin's own copy of ILogger would be another type of the same name.
        if (shared.Contains(assemblyName.Name!))
            return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
