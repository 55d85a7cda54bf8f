using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.Simulator;
using PushHost.Tests.Support.Databases;
using PushHost.Tests.Wire;

namespace PushHost.Tests.Support;

/// <summary>The whole host, as Program.cs starts it, on a free loopback port, with a database in a folder of its own, its plugins loaded from the
/// tests' output, and simulated gateways in the same process. Shares nothing with other test hosts.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string AdminKey = "test-admin-key-of-more-than-32-characters";

    /// <summary>Far longer than anything takes; only a test that would fail waits for it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TestHostOptions _options;
    private readonly DocumentedAnswers _answers = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("pushhost-test-").FullName;
    private readonly FakeTimeProvider? _time;
    private readonly bool _isSecond;
    private WebApplication? _app;

    private TestHost(TestHostOptions options)
    {
        _options = options;
        _time = options.FakeTime ? new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero)) : null;
        Storage = _options.Storage?.Invoke() ?? TestStorage.New(_folder);
    }

    private TestHost(TestHost first)
    {
        _options = first._options;
        _time = first._time;
        _isSecond = true;
        Storage = first.Storage;
        Simulator = first.Simulator;
    }

    public GatewaySimulator Simulator { get; private set; } = null!;

    public ApnsGateway Apns => Simulator.Apns;

    /// <summary>APNs' other environment, with <see cref="TestHostOptions.Sandbox"/>.</summary>
    public ApnsGateway Sandbox => SandboxSimulator!.Apns;

    public FcmGateway Fcm => Simulator.Fcm;

    private GatewaySimulator? SandboxSimulator { get; set; }

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What was logged at warning and above, over all restarts.</summary>
    public LogLines Log { get; } = new();

    public TestStorage Storage { get; }

    public IServiceProvider Services => _app!.Services;

    public DateTimeOffset Now => Clock.GetUtcNow();

    private TimeProvider Clock => _time ?? TimeProvider.System;

    public static async Task<TestHost> StartAsync(TestHostOptions? options = null)
    {
        var host = new TestHost(options ?? new TestHostOptions());
        try
        {
            host.Simulator = await GatewaySimulator.StartAsync(host._options.Simulator(host.Clock));
            if (host._options.Sandbox)
            {
                host.SandboxSimulator = await GatewaySimulator.StartAsync(
                    new SimulatorOptions { Time = host.Clock, Environment = ApnsEnvironment.Sandbox, RequireRegisteredTokens = true });
            }
            await host.StartAppAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A second host on the database and the gateways of another one, which is disposed after it.</summary>
    public static async Task<TestHost> StartBesideAsync(TestHost first)
    {
        var host = new TestHost(first);
        await host.StartAppAsync();
        return host;
    }

    /// <summary>A host on a faked clock.</summary>
    public static Task<TestHost> StartOnFakedTimeAsync() => StartAsync(new TestHostOptions { FakeTime = true });

    /// <summary>Moves the faked clock of host and gateways, and has the engine look at it.</summary>
    public void Advance(TimeSpan by)
    {
        _time!.Advance(by);
        _app?.Services.GetRequiredService<DeliveryEngine>().RingDispatcher();
        _app?.Services.GetRequiredService<Schedule>().Ring();
    }

    /// <summary>Stops gracefully and starts again on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopAppAsync();
        await StartAppAsync();
    }

    /// <summary>Starts again on what was committed at this moment, as after a crash: nothing that the old process does later counts.</summary>
    public async Task CrashAsync()
    {
        await Storage.CrashAsync();
        await StopAppAsync();
        await StartAppAsync();
    }

    /// <summary>Stops gracefully; the gateways stay.</summary>
    public Task StopAsync() => StopAppAsync();

    /// <summary>Starts on the same database after <see cref="StopAsync"/>.</summary>
    public Task StartAgainAsync() => StartAppAsync();

    /// <summary>Changes the database of a host that is stopped.</summary>
    public void ChangeStopped(string sql, params object?[] values)
    {
        using var database = Storage.Open();
        using var session = Storage.OpenWriterSession(database);
        session.Execute(sql, values);
    }

    /// <summary>Stores a key with these scopes.</summary>
    public Task<string> KeyAsync(params string[] scopes) => BoundKeyAsync(app: null, scopes);

    /// <summary>Stores a key with these scopes for one app, by its id in the database.</summary>
    public async Task<string> BoundKeyAsync(long? app, params string[] scopes)
    {
        var key = ApiKey.Generate();
        await Services.GetRequiredService<DatabaseWriter>().WriteAsync(WriteLane.Caller, session =>
        {
            ApiKeys.Save(session, "test", key, scopes, app, Now.ToUnixTimeMilliseconds());
            return true;
        });
        return key;
    }

    /// <summary>How many rows the tables have that requests write to.</summary>
    public string Rows()
    {
        using var session = Services.GetRequiredService<Database>().Read();
        string[] tables = ["device", "device_tag", "tombstone", "notification", "idempotency", "batch", "delivery"];
        return string.Join(' ', tables.Select(table => $"{table}={session.Number($"SELECT COUNT(*) FROM {table}")}"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        if (!_isSecond)
        {
            if (Simulator is not null)
                await Simulator.DisposeAsync();
            if (SandboxSimulator is not null)
                await SandboxSimulator.DisposeAsync();
            await Storage.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
        _answers.Check();
    }

    private async Task StartAppAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = _folder,
            // Watching for changed settings takes an inotify instance a host, of which a machine has few.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(TestHostSettings.Of(Simulator, SandboxSimulator, _folder, Storage.Settings, _options));
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(Clock);
        builder.AddPushHost(options =>
        {
            foreach (var provider in _options.Providers)
                options.Providers.Add(provider);
        });
        builder.Services.AddSingleton(_options.Delivery);
        _app = builder.Build();
        _app.Use(_answers.WatchAsync);
        _app.MapPushHost();
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    private async Task StopAppAsync()
    {
        if (_app is null)
            return;
        Client?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }
}
