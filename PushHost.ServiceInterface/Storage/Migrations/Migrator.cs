using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>Runs the migrations that a database lacks.</summary>
internal static class Migrator
{
    /// <param name="database">Adds the database's kind.</param>
    /// <param name="connectionString">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="version">Reads its version; 0 when it is new.</param>
    /// <returns>The version before and the version now.</returns>
    /// <exception cref="StorageStartException">A newer PushHost made it.</exception>
    public static (long Before, long After) Run(Action<IMigrationRunnerBuilder> database, string connectionString, string name, Func<long> version)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
            {
                database(runner);
                runner.WithGlobalConnectionString(connectionString).ScanIn(typeof(M0001Foundation).Assembly).For.Migrations();
            })
            .AddLogging(logging => logging.ClearProviders())
            .BuildServiceProvider();
        var runner = services.GetRequiredService<IMigrationRunner>();
        var newest = runner.MigrationLoader.LoadMigrations().Keys.Max();
        var before = version();
        if (before > newest)
        {
            throw new StorageStartException(
                $"{StorageSettings.ConnectionStringPath}: {name} is at version {before}, and this PushHost knows versions up to {newest}: run the newer one");
        }
        runner.MigrateUp();
        return (before, newest);
    }
}
