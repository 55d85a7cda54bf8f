using FluentMigrator.Runner;
using Npgsql;
using PushHost.ServiceInterface.Storage.Migrations;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>The migrations, by one host at a time. Any number of hosts may be at work, so there is no place to take.</summary>
internal sealed class PostgresStart(PostgresDatabase database) : DatabaseStart
{
    // Any number, so that it is no one else's in the same database.
    private const long MigrationLock = 7_468_504_741;

    public override void Lock()
    {
    }

    public override bool TryLock() => true;

    public override (long Before, long After) Migrate()
    {
        try
        {
            // Hosts that start at the same time migrate one after another: the first does it, and the others find it done.
            using var connection = database.Connect();
            Run(connection, $"SELECT pg_advisory_lock({MigrationLock})");
            return Migrator.Run(runner => runner.AddPostgres15_0(), database.Settings.ConnectionString, database.Name, Version);
        }
        // FluentMigrator wraps what the server says of a statement of its own.
        catch (Exception error) when ((error as PostgresException ?? error.InnerException as PostgresException) is { } said)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: {database.Name} cannot be used: {said.MessageText} ({said.SqlState})", error);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: {database.Name} cannot be reached: {error.Message}", error);
        }
    }

    public override void Dispose()
    {
    }

    // FluentMigrator's own table, which a new database doesn't have.
    private long Version()
    {
        using var session = database.Read();
        return session.Number("SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('\"VersionInfo\"')") > 0
            ? session.Number("SELECT MAX(\"Version\") FROM \"VersionInfo\"") ?? 0
            : 0;
    }

    private static void Run(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
