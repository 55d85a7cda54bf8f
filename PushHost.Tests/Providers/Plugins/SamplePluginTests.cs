using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Settings;
using PushHost.ServiceInterface.Providers.Plugins;
using PushHost.Tests.Providers.Gcm;

namespace PushHost.Tests.Providers.Plugins;

public sealed class SamplePluginTests : IDisposable
{
    private readonly PluginFolder _plugins = new();

    public void Dispose() => _plugins.Dispose();

    [Test]
    public async Task The_sample_loads_as_a_plugin_and_delivers()
    {
        var factory = LoadSample();
        var path = Path.Combine(_plugins.Path, "deliveries.jsonl");
        var settings = Settings(("Path", path));
        Assert.That(factory.Check(settings), Is.Empty);
        await using var provider = factory.Create(settings, new ProviderServices { Time = new FakeTimeProvider(), Loggers = NullLoggerFactory.Instance });
        var payload = provider.Encode(new Rendering { Message = new PushMessage { Title = "Hi", Body = "You've got mail" } });
        var sink = new TestSink();

        await provider.DeliverAsync(Batches.Of(payload, "ann", "bob"), sink, CancellationToken.None);

        var lines = File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(sink[0], Is.InstanceOf<Accepted>());
            Assert.That(sink[1], Is.InstanceOf<Accepted>());
            Assert.That(lines.Select(line => line.GetProperty("to").GetString()), Is.EqualTo(["ann", "bob"]));
            Assert.That(lines[0].GetProperty("message").GetProperty("body").GetString(), Is.EqualTo("You've got mail"));
        });
    }

    [Test]
    public async Task The_sample_writes_nothing_for_those_who_are_only_asked_about()
    {
        var path = Path.Combine(_plugins.Path, "deliveries.jsonl");
        await using var provider = LoadSample().Create(
            Settings(("Path", path)), new ProviderServices { Time = new FakeTimeProvider(), Loggers = NullLoggerFactory.Instance });
        var asked = Batches.Of(provider.Encode(new Rendering { Message = new PushMessage { Body = "?" } }), "ann");
        var sink = new TestSink();

        await provider.DeliverAsync(new Batch { Recipients = asked.Recipients, Expiry = asked.Expiry, ValidateOnly = true }, sink, CancellationToken.None);

        Assert.That(provider.CanValidate, Is.True);
        Assert.That(sink[0], Is.InstanceOf<Accepted>());
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void The_sample_names_the_setting_at_fault()
    {
        var factory = LoadSample();

        Assert.That(factory.Check(Settings()).Select(fault => fault.Setting), Is.EqualTo(["Path"]));
        Assert.That(factory.Check(Settings(("Path", "/absent/folder/file"), ("Pth", "x"))).Select(fault => fault.Setting), Is.EqualTo(["Path", "Pth"]));
    }

    [Test]
    public void A_copy_of_what_the_host_shares_does_no_harm_in_a_plugins_folder()
    {
        foreach (var shared in new[] { typeof(IPushProviderFactory), typeof(ILogger) })
            File.Copy(shared.Assembly.Location, Path.Combine(_plugins.Folder("File"), Path.GetFileName(shared.Assembly.Location)));

        Assert.That(LoadSample(hasCopies: true), Is.InstanceOf<IPushProviderFactory>());
    }

    [Test]
    public void The_built_in_plugins_load_from_their_folders_and_share_the_contract()
    {
        var catalog = PluginLoader.Load(Path.Combine(AppContext.BaseDirectory, "plugins"), NullLoggerFactory.Instance);

        var plugin = catalog.Find("FCM");
        Assert.Multiple(() =>
        {
            Assert.That(plugin?.State, Is.EqualTo(PluginState.Loaded), plugin?.Error);
            Assert.That(plugin?.Name, Is.EqualTo("gcm"));
            Assert.That(plugin?.Version, Is.EqualTo("0.1.0"));
            Assert.That(plugin?.Factory?.GetType().Assembly, Is.Not.SameAs(typeof(PushHost.Providers.Gcm.GcmProviderFactory).Assembly), "loaded apart");
        });
    }

    private static CredentialSettings Settings(params (string Name, string Value)[] values) =>
        new(values.ToDictionary(value => value.Name, value => value.Value), null, _ => throw new IOException("no files here"));

    private IPushProviderFactory LoadSample(bool hasCopies = false)
    {
        var folder = _plugins.Folder("File");
        // Without the list of its parts, a plugin is found by its attribute, and whatever lies in its folder is its own.
        foreach (var file in Directory.GetFiles(Repository.SampleOutput).Where(file => !hasCopies || !file.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var plugin = _plugins.Load().Find("file");
        Assert.That(plugin?.State, Is.EqualTo(PluginState.Loaded), plugin?.Error);
        return plugin!.Factory!;
    }
}
