using System.Reflection;
using System.Runtime.Loader;
using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>The contract's assembly and all it refers to, directly or through others: what plugins share with the host.</summary>
internal static class SharedAssemblies
{
    private static readonly Lazy<IReadOnlySet<string>> Closure = new(Walk);

    /// <summary>Their simple names.</summary>
    public static IReadOnlySet<string> Names => Closure.Value;

    // By references and not by the framework folder's files: under a test host and in a single file there is no such folder to look into.
    private static HashSet<string> Walk()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<Assembly>([typeof(IPushProviderFactory).Assembly]);
        while (open.TryPop(out var assembly))
        {
            names.Add(assembly.GetName().Name!);
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (names.Add(reference.Name!) && Load(reference) is { } referred)
                    open.Push(referred);
            }
        }
        return names;
    }

    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        }
        // A reference that the host itself runs without: nothing of it can cross the contract.
        catch (IOException)
        {
            return null;
        }
    }
}
