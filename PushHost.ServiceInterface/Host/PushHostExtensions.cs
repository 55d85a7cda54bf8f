using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Delivery.Hosts;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Devices.Upkeep;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Metrics;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Providers.Plugins;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Host;

/// <summary>Puts PushHost into an ASP.NET Core app: <c>builder.AddPushHost(); … app.MapPushHost();</c></summary>
public static class PushHostExtensions
{
    // A list of ids in a query outgrows Kestrel's 8 KB, and what Kestrel refuses itself it refuses without a body. It buffers no more than this.
    private const int MaxRequestLine = 1024 * 1024;

    /// <summary>Registers everything. The database, plugins and gateways are readied when the host starts.</summary>
    /// <exception cref="SettingsException">A setting is wrong; the message names every one.</exception>
    public static IHostApplicationBuilder AddPushHost(this IHostApplicationBuilder builder, Action<PushHostOptions>? configure = null)
    {
        var settings = PushHostSettings.Read(builder.Configuration);
        var options = new PushHostOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(ApiDescription.Options());

        // The framework's request log would write paths, and some paths carry tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Cors", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning);

        var services = builder.Services;
        // The engine's in-flight requests and callers who wait for an answer have the same time to end in, not one after the other.
        services.Configure<HostOptions>(host =>
        {
            host.ServicesStopConcurrently = true;
            host.ShutdownTimeout = settings.Delivery.StopTimeout;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings).AddSingleton(settings.Delivery).AddSingleton(settings.Health).AddSingleton(settings.Retention).AddSingleton(options);
        services.AddSingleton(_ => Database.Of(settings.Storage, builder.Environment.ContentRootPath));
        services.AddSingleton(provider => provider.GetRequiredService<Database>().Start());
        services.AddSingleton(Writer);
        services.AddMetrics().AddSingleton<PushHostMeter>().AddSingleton<MetricsCollector>();
        services.AddSingleton(provider => provider.GetRequiredService<Database>().OpenChannel()).AddSingleton<HostPresence>();
        services.AddSingleton<AppDirectory>().AddSingleton<ApiKeys>().AddScoped<Caller>();
        services.AddSingleton<IOperationAuthorizer, KeyAuthorizer>();
        services.AddSingleton(provider => PluginLoader.Load(settings.PluginFolder, provider.GetRequiredService<ILoggerFactory>()).With([.. options.Providers]));
        services.AddSingleton<PushProviders>().AddSingleton<DeviceRegistry>().AddSingleton<Alarms>().AddSingleton<Readiness>();
        services.AddSingleton<GatewayFlows>().AddSingleton<Jobs>().AddSingleton<Completions>().AddSingleton<HeldVerdictAlarm>().AddSingleton<TokenProbe>();
        services.AddSingleton(Parts).AddSingleton<DeliveryEngine>().AddSingleton<Schedule>();
        services.AddSingleton<NotificationAcceptor>().AddSingleton<Canceller>().AddSingleton<NotificationWatch>();
        services.AddHostedService<HostStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<Schedule>());
        services.AddHostedService(provider => provider.GetRequiredService<Canceller>());
        services.AddHostedService<Retention>();
        services.AddHostedService<BacklogGauges>();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
            kestrel.AddServerHeader = false;
        });
        services.AddHostedService(provider => provider.GetRequiredService<HeldVerdictAlarm>());
        services.AddWire(wire => Configure(wire, settings), typeof(PushHostExtensions).Assembly, typeof(Device).Assembly);
        return builder;
    }

    /// <summary>Maps every operation, the health checks and the documents, and gives every error its body.</summary>
    public static WebApplication MapPushHost(this WebApplication app)
    {
        app.UseWire();
        app.UseMiddleware<StorageErrorsMiddleware>();
        app.MapWire();
        app.MapHealth();
        app.MapWireTypes().OpenAs("types");
        app.MapWireOpenApi().OpenAs("openapi");
        app.MapWireDocs().OpenAs("docs");
        app.MapMetrics();
        return app;
    }

    private static void Configure(WireOptions wire, PushHostSettings settings)
    {
        wire.Realm = "PushHost";
        foreach (var origin in settings.CorsOrigins)
            wire.CorsOrigins.Add(origin);
        wire.ExposedHeaders.Add("Idempotent-Replay");
    }

    private static DatabaseWriter Writer(IServiceProvider provider)
    {
        var writer = provider.GetRequiredService<Database>().OpenWriter(provider.GetRequiredService<ILogger<DatabaseWriter>>());
        writer.Committed = provider.GetRequiredService<PushHostMeter>().Committed;
        return writer;
    }

    private static EngineParts Parts(IServiceProvider provider) => new(
        provider.GetRequiredService<Database>(), provider.GetRequiredService<DatabaseWriter>(), provider.GetRequiredService<PushProviders>(),
        provider.GetRequiredService<GatewayFlows>(), provider.GetRequiredService<Jobs>(), provider.GetRequiredService<Completions>(),
        provider.GetRequiredService<Alarms>(), provider.GetRequiredService<HeldVerdictAlarm>(), provider.GetRequiredService<HostPresence>(),
        provider.GetRequiredService<HostChannel>(), provider.GetRequiredService<DeliverySettings>(),
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<PushHostMeter>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("PushHost.Delivery"));
}
