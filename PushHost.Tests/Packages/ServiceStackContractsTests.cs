using NUnit.Framework;
using PushHost.Serve;
using PushHost.Tests.Providers.Plugins;
using PushHost.Tests.Support;

namespace PushHost.Tests.Packages;

/// <summary>The DTOs as one assembly with a shop's other ServiceStack DTOs.</summary>
public sealed class ServiceStackContractsTests
{
    [Test]
    public async Task The_DTOs_compile_against_ServiceStack_s_own_interfaces()
    {
        using var folder = new TempFolder("pushhost-dtos-");
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json" })
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder.Path, file));
        CopySources("PushHost.ServiceModel", folder.Path);
        CopySources("PushHost.Wire.Contracts", folder.Path);
        var names = Directory.CreateDirectory(Path.Combine(folder.Path, "Names")).FullName;
        File.Copy(Path.Combine(Repository.Root, "PushHost.Tests", "Types", "ServiceStackNames.cs.txt"), Path.Combine(names, "Names.cs"));
        await File.WriteAllTextAsync(Path.Combine(names, "ServiceStack.Interfaces.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><RunAnalyzers>false</RunAnalyzers></PropertyGroup>
            </Project>
            """);

        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", folder.Path, "build", "PushHost.ServiceModel", "-p:DtoContracts=ServiceStack", "-p:ServiceStackInterfaces=../Names/ServiceStack.Interfaces.csproj");

        Assert.That(exitCode, Is.Zero, output);
        var built = Directory.GetFiles(Path.Combine(folder.Path, "PushHost.ServiceModel", "bin"), "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.That(built, Is.EquivalentTo(new[] { "PushHost.ServiceModel.dll", "ServiceStack.Interfaces.dll" }));
    }

    private static void CopySources(string project, string to)
    {
        var from = Path.Combine(Repository.Root, project);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;
            var copy = Path.Combine(to, project, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
