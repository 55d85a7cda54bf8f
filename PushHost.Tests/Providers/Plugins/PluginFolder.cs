using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Extensions.Logging.Abstractions;
using PushHost.Providers;
using PushHost.ServiceInterface.Providers.Plugins;

namespace PushHost.Tests.Providers.Plugins;

/// <summary>A plugins folder in a temporary place, with plugins made for the test.</summary>
internal sealed class PluginFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pushhost-plugins-");

    public string Path => _root.FullName;

    public PluginCatalog Load() => PluginLoader.Load(Path, NullLoggerFactory.Instance);

    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void WriteFile(string folder, string file, byte[] content) => File.WriteAllBytes(System.IO.Path.Combine(Folder(folder), file), content);

    /// <summary>Compiles a plugin whose factories have these provider names.</summary>
    public void WritePlugin(string folder, int? contractVersion, string? alias, params string[] providerNames)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName($"Plugin.{folder}") { Version = new Version(1, 2, 3, 4) }, typeof(object).Assembly);
        if (contractVersion is { } version)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(ProviderContractAttribute).GetConstructor([typeof(int)])!, [version]));
        var module = assembly.DefineDynamicModule($"Plugin.{folder}");
        for (var number = 0; number < providerNames.Length; number++)
            DefineFactory(module, $"Factory{number}", providerNames[number], alias);
        assembly.Save(System.IO.Path.Combine(Folder(folder), $"Plugin.{folder}.dll"));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static void DefineFactory(ModuleBuilder module, string typeName, string providerName, string? alias)
    {
        var type = module.DefineType(typeName, TypeAttributes.Public | TypeAttributes.Class, typeof(TestFactory));
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, Type.EmptyTypes).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldstr, providerName);
        if (alias is null)
            code.Emit(OpCodes.Ldnull);
        else
            code.Emit(OpCodes.Ldstr, alias);
        code.Emit(OpCodes.Call, typeof(TestFactory).GetConstructor([typeof(string), typeof(string)])!);
        code.Emit(OpCodes.Ret);
        type.CreateType();
    }
}
