using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.ServiceInterface.Providers.Plugins;

namespace PushHost.Tests.Providers.Plugins;

public sealed class PluginLoaderTests : IDisposable
{
    private readonly PluginFolder _plugins = new();

    public void Dispose() => _plugins.Dispose();

    [Test]
    public void A_plugin_is_found_by_its_name_and_alias_in_any_case()
    {
        _plugins.WritePlugin("Acme", ProviderContractAttribute.Current, "acmepush", "acme");

        var catalog = _plugins.Load();

        var plugin = catalog.Plugins.Single();
        Assert.Multiple(() =>
        {
            Assert.That(plugin.State, Is.EqualTo(PluginState.Loaded), plugin.Error);
            Assert.That(plugin.Name, Is.EqualTo("acme"));
            Assert.That(plugin.Version, Is.EqualTo("1.2.3.4"));
            Assert.That(plugin.Folder, Is.EqualTo(Path.Combine(_plugins.Path, "Acme")));
            Assert.That(catalog.Find("ACME"), Is.SameAs(plugin));
            Assert.That(catalog.Find("AcmePush"), Is.SameAs(plugin));
            Assert.That(catalog.Find("other"), Is.Null);
        });
    }

    [Test]
    public void A_missing_plugin_folder_means_no_plugins()
    {
        var logs = new CollectingLoggers();

        var catalog = PluginLoader.Load(Path.Combine(_plugins.Path, "absent"), logs);

        Assert.That(catalog.Plugins, Is.Empty);
        Assert.That(logs.Lines, Has.One.Contains(Path.Combine(_plugins.Path, "absent")));
    }

    [Test]
    public void A_broken_assembly_is_reported_and_the_others_load()
    {
        _plugins.WriteFile("Broken", "Broken.dll", [.. Enumerable.Range(0, 5000).Select(number => (byte)(number * 7))]);
        _plugins.WriteFile("Empty", "Empty.dll", []);
        _plugins.Folder("Nothing");
        _plugins.WritePlugin("Whole", ProviderContractAttribute.Current, null, "whole");

        var catalog = _plugins.Load();

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Find("broken")!.Error, Is.EqualTo("Broken.dll is not a .NET assembly, or it is damaged"));
            Assert.That(catalog.Find("empty")!.Error, Is.EqualTo("Empty.dll is not a .NET assembly, or it is damaged"));
            Assert.That(catalog.Find("nothing")!.Error, Does.Contain("holds no .dll"));
            Assert.That(catalog.Find("whole")!.State, Is.EqualTo(PluginState.Loaded));
        });
    }

    [Test]
    public void A_damaged_plugin_never_takes_the_host_down()
    {
        _plugins.WritePlugin("Good", ProviderContractAttribute.Current, null, "good");
        var good = File.ReadAllBytes(Path.Combine(_plugins.Path, "Good", "Plugin.Good.dll"));
        var number = 0;

        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((at, value, length) =>
        {
            var damaged = good.ToArray();
            damaged[at] = value;
            using var plugins = new PluginFolder();
            plugins.WriteFile($"Damaged{Interlocked.Increment(ref number)}", "Damaged.dll", damaged[..length]);
            return plugins.Load().Plugins.Count == 1;
        }, iter: 200, threads: 1);
    }

    [TestCase(0, "get a newer plugin")]
    [TestCase(ProviderContractAttribute.Current + 1, "get a newer host or an older plugin")]
    public void A_plugin_of_another_contract_version_is_refused_before_its_code_runs(int version, string advice)
    {
        // Its factory would throw, and the error would say so.
        _plugins.WritePlugin("Other", version, null, "throws");

        var plugin = _plugins.Load().Plugins.Single();

        Assert.That(plugin.Error, Does.Contain($"built for version {version}").And.Contain(advice));
        Assert.That(plugin.State, Is.EqualTo(PluginState.Failed));
    }

    [Test]
    public void An_assembly_without_the_contract_is_no_plugin()
    {
        _plugins.WritePlugin("Plain", null, null, "plain");

        Assert.That(_plugins.Load().Plugins.Single().Error, Does.StartWith("Plugin.Plain.dll is not a plugin").And.Contain("ProviderContract"));
    }

    [Test]
    public void A_plugin_has_one_factory()
    {
        _plugins.WritePlugin("None", ProviderContractAttribute.Current, null);
        _plugins.WritePlugin("Two", ProviderContractAttribute.Current, null, "one", "two");

        var catalog = _plugins.Load();

        Assert.That(catalog.Find("none")!.Error, Does.Contain("no public class that implements IPushProviderFactory"));
        Assert.That(catalog.Find("two")!.Error, Does.Contain("several factories (Factory0, Factory1)"));
    }

    [Test]
    public void A_factory_that_throws_is_reported_with_its_reason()
    {
        _plugins.WritePlugin("Angry", ProviderContractAttribute.Current, null, "throws");

        Assert.That(_plugins.Load().Plugins.Single().Error, Is.EqualTo("Factory0 in Plugin.Angry.dll failed: InvalidOperationException: no gateway today"));
    }

    [TestCase("Upper")]
    [TestCase("with-hyphen")]
    [TestCase("")]
    public void A_provider_name_is_lower_case_letters_and_digits(string name)
    {
        _plugins.WritePlugin("Odd", ProviderContractAttribute.Current, null, name);

        Assert.That(_plugins.Load().Plugins.Single().Error, Does.Contain($"the name '{name}'").And.Contain("lower-case letters and digits"));
    }

    [Test]
    public void The_second_plugin_of_a_name_or_alias_is_refused()
    {
        _plugins.WritePlugin("A", ProviderContractAttribute.Current, "other", "acme");
        _plugins.WritePlugin("B", ProviderContractAttribute.Current, null, "acme");
        _plugins.WritePlugin("C", ProviderContractAttribute.Current, "acme", "third");
        _plugins.WritePlugin("D", ProviderContractAttribute.Current, null, "other");

        var catalog = _plugins.Load();

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Plugins.Select(plugin => plugin.State),
                Is.EqualTo([PluginState.Loaded, PluginState.Failed, PluginState.Failed, PluginState.Failed]));
            Assert.That(catalog.Plugins.Skip(1).Select(plugin => plugin.Error), Has.All.Contains(Path.Combine(_plugins.Path, "A")));
            Assert.That(catalog.Find("acme")!.Folder, Does.EndWith("A"));
        });
    }

    [Test]
    public void An_embedding_app_brings_its_own_gateways()
    {
        var catalog = PluginCatalog.Empty.With(new TestFactory("mine", "my"));

        Assert.That(catalog.Find("MY")!.Factory, Is.TypeOf<TestFactory>());
        Assert.That(() => catalog.With(new TestFactory("my", null)), Throws.ArgumentException.With.Message.Contains("the name 'my'"));
    }
}
