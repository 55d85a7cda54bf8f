using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NUnit.Framework;
using PushHost.Providers;

namespace PushHost.Tests.Architecture;

/// <summary>The arrows between the assemblies, as ARCHITECTURE.md draws them, read from what was built.</summary>
public class DependencyTests
{
    private static readonly string Built = AppContext.BaseDirectory;
    private static readonly string[] Gateways = ["apns", "apple", "gcm", "fcm", "firebase", "google", "hms", "huawei"];

    [TestCase("PushHost", "PushHost.ServiceInterface PushHost.ServiceModel PushHost.Wire PushHost.Wire.Contracts PushHost.Providers PushHost.Simulator PushHost.Client")]
    [TestCase("PushHost.ServiceInterface", "PushHost.ServiceModel PushHost.Wire PushHost.Wire.Contracts PushHost.Providers")]
    [TestCase("PushHost.ServiceModel", "PushHost.Wire.Contracts")]
    [TestCase("PushHost.Client", "PushHost.ServiceModel PushHost.Wire.Contracts")]
    [TestCase("PushHost.Wire", "PushHost.Wire.Contracts")]
    [TestCase("PushHost.Wire.Contracts", "")]
    [TestCase("PushHost.Providers", "")]
    [TestCase("PushHost.Simulator", "")]
    [TestCase("plugins/Apns/PushHost.Providers.Apns", "PushHost.Providers")]
    [TestCase("plugins/Gcm/PushHost.Providers.Gcm", "PushHost.Providers")]
    public void An_assembly_references_only_those_of_ours_that_it_may(string assembly, string allowed)
    {
        var ours = References(assembly).Where(name => name.StartsWith("PushHost", StringComparison.Ordinal));

        Assert.That(ours, Is.SubsetOf(allowed.Split(' ')));
    }

    [Test]
    public void What_phones_and_clients_share_depends_on_nothing_but_the_standard_library()
    {
        Assert.That(References("PushHost.Wire.Contracts"), Is.SubsetOf(new[] { "netstandard", "System.Runtime", "System.Collections" }));
    }

    [Test]
    public void A_plugin_folder_holds_no_copy_of_what_it_shares_with_the_host()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Built, "plugins"), "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).ToList();

        Assert.That(files, Is.Not.Empty);
        Assert.That(files, Has.No.Member("PushHost.Providers.dll").And.None.StartsWith("Microsoft.Extensions."));
    }

    [Test]
    public void The_provider_contract_names_no_gateway()
    {
        var names = typeof(IPushProvider).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Select(member => member.Name).Append(type.FullName!));

        Assert.That(names.Where(name => Gateways.Any(gateway => name.Contains(gateway, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    private static List<string> References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(Built, assembly + ".dll")));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}
