using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Host;

/// <summary>Readies everything before the first request and the engine's first step. What fails here stops the start with a line that names the setting.</summary>
internal sealed class HostStart(
    DatabaseStart databaseStart, Database database, DatabaseWriter writer, AppDirectory apps, ApiKeys keys, PushProviders providers,
    PushHostSettings settings, PushHostOptions options, IHostEnvironment environment, TimeProvider time, ILoggerFactory loggers) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        databaseStart.Lock();
        Migrate();
        await LoadAppsAsync();
        var tokens = database.IsShared ? new DatabaseTokens(database, writer) : null;
        providers.Use(new GatewayBuilder(providers.Catalog, apps, environment.ContentRootPath, time, loggers, tokens).Build(settings.Providers));
        WarnOfProvidersWithoutCredential();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only now that the host listens: a start that failed after the key was shown would be followed by one that shows none.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (settings.AdminKey is null && !keys.AnyAdmin())
            await MakeAdminKeyAsync();
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Which database it is tells whoever started in another folder why devices and keys are not there.
    private void Migrate()
    {
        var (before, after) = databaseStart.Migrate();
        var logger = loggers.CreateLogger<HostStart>();
        if (before == 0)
            logger.DatabaseMade(database.Name, after);
        else if (before == after)
            logger.DatabaseReady(database.Name, after);
        else
            logger.DatabaseMigrated(database.Name, before, after);
    }

    // The first write: a database that can only be read is found out here.
    private async Task LoadAppsAsync()
    {
        try
        {
            await apps.LoadAsync(database, writer, time, settings.Apps);
        }
        catch (StorageUnavailableException error)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: {database.Name} cannot be written: {error.Message}", error);
        }
    }

    private async Task MakeAdminKeyAsync()
    {
        var key = ApiKey.Generate();
        var made = await writer.WriteAsync(WriteLane.Caller, session =>
        {
            // Of hosts that start together on a new database, one makes it.
            session.Lock("admin key");
            if (ApiKeys.AnyAdmin(session))
                return false;
            ApiKeys.Save(session, "first admin key", key, [Scopes.Admin], app: null, time.UnixMilliseconds());
            return true;
        });
        if (made)
            options.AdminKeyMade(key);
    }

    private void WarnOfProvidersWithoutCredential()
    {
        var logger = loggers.CreateLogger<HostStart>();
        foreach (var factory in providers.Loaded.Where(factory => providers.Of(apps.Default.Id, factory.Name).Count == 0))
            logger.NoCredential(factory.Name, $"PushHost:Apps:{AppDirectory.DefaultName}:Providers:{factory.Name}");
    }
}
