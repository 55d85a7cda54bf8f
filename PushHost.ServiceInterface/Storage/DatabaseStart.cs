using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Storage.Migrations;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Readies the database before anything else runs: the folder, the lock against a second host, WAL, and the migrations.</summary>
internal sealed class DatabaseStart(Database database) : IDisposable
{
    private FileStream? _lock;

    /// <summary>Takes the lock that one <c>serve</c> holds for its life.</summary>
    /// <exception cref="StorageStartException">Another process holds it, or the folder cannot be written; the message names the setting.</exception>
    public void Lock()
    {
        var path = database.Path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
            // The file stays when the lock goes: deleting it would let a third process lock a file of the same name beside a second one's.
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException error) when (File.Exists(path) && error is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new StorageStartException(
                $"{StorageSettings.ConnectionStringPath}: another PushHost is using {database.Path} (its lock file is {path})", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Brings the database to this version.</summary>
    /// <exception cref="StorageStartException">It cannot be opened, written or migrated; the message names the setting.</exception>
    public void Migrate()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
            using (var connection = new SqliteConnection(database.ConnectionString))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode=WAL;";
                command.ExecuteNonQuery();
            }
            using var services = new ServiceCollection()
                .AddFluentMigratorCore()
                .ConfigureRunner(runner => runner
                    .AddSQLite()
                    .WithGlobalConnectionString(database.ConnectionString)
                    .ScanIn(typeof(M0001Foundation).Assembly).For.Migrations())
                .AddLogging(logging => logging.ClearProviders())
                .BuildServiceProvider();
            services.GetRequiredService<IMigrationRunner>().MigrateUp();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw CannotWrite(error);
        }
    }

    public void Dispose() => _lock?.Dispose();

    private StorageStartException CannotWrite(Exception error) =>
        new($"{StorageSettings.ConnectionStringPath}: {database.Path} cannot be written: {error.Message}", error);
}
