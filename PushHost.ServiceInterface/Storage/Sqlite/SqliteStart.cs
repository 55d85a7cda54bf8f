using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using PushHost.ServiceInterface.Storage.Migrations;

namespace PushHost.ServiceInterface.Storage.Sqlite;

/// <summary>The folder, the lock against a second host, WAL, and the migrations.</summary>
internal sealed class SqliteStart(SqliteDatabase database) : DatabaseStart
{
    private FileStream? _lock;

    private string LockPath => database.Path + ".lock";

    public override void Lock()
    {
        if (!TryLock())
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: another PushHost is using {database.Path} (its lock file is {LockPath})");
    }

    public override bool TryLock()
    {
        // Found out before a lock file is left beside it.
        if (Directory.Exists(database.Path))
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: {database.Path} is a folder, and must be a file");
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

    public override (long Before, long After) Migrate()
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
            return Migrator.Run(runner => runner.AddSQLite(), database.ConnectionString, database.Name, Version);
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

    public override void Dispose() => _lock?.Dispose();

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
