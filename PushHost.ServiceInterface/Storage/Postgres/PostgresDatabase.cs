using Microsoft.Extensions.Logging;
using Npgsql;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>One PostgreSQL that any number of hosts share.</summary>
internal sealed class PostgresDatabase : Database
{
    // Statements that come again are prepared by the driver, on each connection.
    private const int PreparedStatements = 200;

    private readonly NpgsqlDataSource _reading;

    /// <param name="connectionString">Of Npgsql, such as <c>Host=db;Database=pushhost;Username=pushhost;Password=…</c>.</param>
    /// <exception cref="StorageStartException">The connection string cannot be read; the message names the setting.</exception>
    public PostgresDatabase(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException error)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath} cannot be read: {error.Message}", error);
        }
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath} must name a server and a database, such as 'Host=db;Database=pushhost;Username=pushhost'");
        builder.ApplicationName ??= "PushHost";
        if (builder.MaxAutoPrepare == 0)
            builder.MaxAutoPrepare = PreparedStatements;
        // Plain migrations, and notices of nothing new, need no answer longer than this; a server that is away is known to be soon.
        if (!connectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
            builder.Timeout = 5;
        Settings = builder;
        Name = $"{builder.Host}:{builder.Port}/{builder.Database}";
        _reading = NpgsqlDataSource.Create(builder);
    }

    public override string Name { get; }

    public override bool IsShared => true;

    /// <summary>How to connect.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    public override SqlSession Read() => new(_reading.OpenConnection(), PostgresDialect.Reading);

    public override DatabaseWriter OpenWriter(ILogger<DatabaseWriter> logger) => new PostgresWriter(this, logger);

    public override HostChannel OpenChannel() => new PostgresChannel(this);

    public override DatabaseStart Start() => new PostgresStart(this);

    // A plan that was made while the table was small reads all of it for every batch, and stays until statistics change: a minute with autovacuum, else for ever.
    public override async Task HasGrownAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = _reading.CreateCommand($"ANALYZE {table}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a statement with one parameter, <c>$1</c>, on a connection of the pool.</summary>
    public async Task RunAsync(string statement, string value, CancellationToken cancellationToken)
    {
        await using var command = _reading.CreateCommand(statement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A connection of the caller's own, outside the pool.</summary>
    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Settings.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void Dispose() => _reading.Dispose();
}
