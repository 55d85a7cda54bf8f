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

    private string LockPath => database.Path + ".lock";

    /// <summary>Takes the lock that one <c>serve</c> holds for its life.</summary>
    /// <exception cref="StorageStartException">Another process holds it, or the folder cannot be written; the message names the setting.</exception>
    public void Lock()
    {
        if (!TryLock())
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: another PushHost is using {database.Path} (its lock file is {LockPath})");
    }

    /// <summary>Takes the lock, unless another process holds it.</summary>
    /// <exception cref="StorageStartException">The folder cannot be written; the message names the setting.</exception>
    public bool TryLock()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
            // The file stays when the lock goes: deleting it would let a third process lock a file of the same name beside a second one's.
            _lock = new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            return true;
        }
        catch (IOException error) when (File.Exists(LockPath) && error is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Brings the database to this version.</summary>
    /// <returns>The version before, 0 for a new database, and the version now.</returns>
    /// <exception cref="StorageStartException">It cannot be opened, written or migrated, or a newer PushHost made it; the message names the setting.</exception>
    public (long Before, long After) Migrate()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
            CreateForOwnerOnly();
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
            var runner = services.GetRequiredService<IMigrationRunner>();
            var newest = runner.MigrationLoader.LoadMigrations().Keys.Max();
            var before = Version();
            if (before > newest)
                throw new StorageStartException(
                    $"{StorageSettings.ConnectionStringPath}: {database.Path} is at version {before}, and this PushHost knows versions up to {newest}: run the newer one");
            runner.MigrateUp();
            return (before, newest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw CannotWrite(error);
        }
    }

    // Tokens lead to people's phones. SQLite gives its log files the database's own permissions.
    private void CreateForOwnerOnly()
    {
        if (File.Exists(database.Path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(database.Path, options);
    }

    public void Dispose() => _lock?.Dispose();

    // FluentMigrator's own table, which a new database doesn't have.
    private long Version()
    {
        using var session = database.Read();
        return session.Number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'VersionInfo'") > 0
            ? session.Number("SELECT MAX(Version) FROM VersionInfo") ?? 0
            : 0;
    }

    private StorageStartException CannotWrite(Exception error) =>
        new($"{StorageSettings.ConnectionStringPath}: {database.Path} cannot be written: {error.Message}", error);
}
