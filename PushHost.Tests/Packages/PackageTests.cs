using System.IO.Compression;
using System.Xml.Linq;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.Tests.Providers.Plugins;
using PushHost.Tests.Support;

namespace PushHost.Tests.Packages;

/// <summary>What <c>dotnet pack</c> makes of what was built.</summary>
public sealed class PackageTests
{
    [TestCase("PushHost.Wire.Contracts", "netstandard2.0", "")]
    [TestCase("PushHost.ServiceModel", "netstandard2.0", "PushHost.Wire.Contracts")]
    [TestCase("PushHost.Providers", "net10.0", "")]
    [TestCase("PushHost.Client", "net10.0 netstandard2.0", "Microsoft.Bcl.AsyncInterfaces Microsoft.Bcl.TimeProvider Microsoft.Extensions.Http PushHost.ServiceModel System.Net.ServerSentEvents System.Text.Json")]
    public async Task A_package_holds_its_assemblies_their_documentation_and_a_readme(string project, string frameworks, string dependencies)
    {
        using var folder = new TempFolder("pushhost-pack-");
        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", Repository.Root, "pack", project, "--no-build", "--configuration", Repository.Configuration, "--output", folder.Path);
        Assert.That(exitCode, Is.Zero, output);
        await using var package = await ZipFile.OpenReadAsync(Directory.GetFiles(folder.Path, "*.nupkg").Single());
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        var specification = XDocument.Load(await package.GetEntry($"{project}.nuspec")!.OpenAsync());

        Assert.That(files, Is.SupersetOf(frameworks.Split(' ').SelectMany(framework => new[] { $"lib/{framework}/{project}.dll", $"lib/{framework}/{project}.xml" }).Append("README.md")));
        Assert.That(Said("readme").Single().Value, Is.EqualTo("README.md"));
        Assert.That(Said("license").Single().Value, Is.EqualTo("MIT"));
        Assert.That(Said("description").Single().Value, Does.Contain("PushHost"));
        Assert.That(Said("dependency").Select(dependency => dependency.Attribute("id")!.Value).Distinct().Order(), Is.EqualTo(dependencies.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        IEnumerable<XElement> Said(string name) => specification.Descendants().Where(element => element.Name.LocalName == name);
    }
}
