using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Storage.Sqlite;

/// <summary>The embedded database: one file in WAL mode, one writer, any number of readers.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string _connectionString;

    /// <param name="connectionString">Of Microsoft.Data.Sqlite, such as <c>Data Source=data/pushhost.db</c>.</param>
    /// <param name="contentRoot">Where relative paths start.</param>
    /// <exception cref="StorageStartException">The connection string cannot be read; the message names the setting.</exception>
    public SqliteDatabase(string connectionString, string contentRoot)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException error)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath} cannot be read: {error.Message} It is written as in 'Data Source=data/pushhost.db'; a PostgreSQL needs PushHost:Storage:Provider={StorageSettings.Postgres}", error);
        }
        if (builder.DataSource.Length == 0 || builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath} must name a file, such as 'Data Source=data/pushhost.db'");

        Path = System.IO.Path.GetFullPath(builder.DataSource, contentRoot);
        builder.DataSource = Path;
        builder.DefaultTimeout = 5;
        _connectionString = builder.ToString();
    }

    /// <summary>The database file's full path.</summary>
    public string Path { get; }

    public override string Name => Path;

    public override bool IsShared => false;

    /// <summary>The connection string with the full path.</summary>
    public string ConnectionString => _connectionString;

    // An open read keeps the write-ahead log from being reused.
    public override SqlSession Read()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return new SqlSession(connection, SqliteDialect.Instance);
    }

    public override DatabaseWriter OpenWriter(ILogger<DatabaseWriter> logger) => new SqliteWriter(this, logger);

    public override HostChannel OpenChannel() => new SilentChannel();

    public override DatabaseStart Start() => new SqliteStart(this);

    public override void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>The one connection that writes.</summary>
    public SqlSession OpenWriterSession()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            // FULL: a commit that was answered survives a power cut. A checkpoint every 16 MB: fewer and larger ones cost latency, more cost CPU.
            command.CommandText = "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;";
            command.ExecuteNonQuery();
        }
        return new SqlSession(connection, SqliteDialect.Instance);
    }
}
