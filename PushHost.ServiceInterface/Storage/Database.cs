using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Storage.Postgres;
using PushHost.ServiceInterface.Storage.Sqlite;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Where everything is kept.</summary>
/// <remarks>Readers take a pooled connection for one short query or keyset page. All writes go through <see cref="DatabaseWriter"/>.</remarks>
internal abstract class Database : IDisposable
{
    /// <summary>What people call it in messages: the file's full path, or the server and the database.</summary>
    public abstract string Name { get; }

    /// <summary>Whether several hosts may be at work on it at once.</summary>
    public abstract bool IsShared { get; }

    /// <summary>The database that the settings name; nothing is opened yet.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="contentRoot">Where relative paths start.</param>
    /// <exception cref="StorageStartException">The connection string cannot be read; the message names the setting.</exception>
    public static Database Of(StorageSettings settings, string contentRoot) => settings.Provider switch
    {
        StorageSettings.Postgres => new PostgresDatabase(settings.ConnectionString),
        _ => new SqliteDatabase(settings.ConnectionString, contentRoot),
    };

    /// <summary>A pooled connection for reading; dispose it soon, since an open read holds up the database's housekeeping.</summary>
    public abstract SqlSession Read();

    /// <summary>What writes to it.</summary>
    public abstract DatabaseWriter OpenWriter(ILogger<DatabaseWriter> logger);

    /// <summary>How this host and the others tell each other what is new.</summary>
    public abstract HostChannel OpenChannel();

    /// <summary>A table has many more rows than before: statements are to be planned for what is there now.</summary>
    /// <exception cref="System.Data.Common.DbException">They are planned as before; no data is touched.</exception>
    public virtual Task HasGrownAsync(string table, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What readies it.</summary>
    public abstract DatabaseStart Start();

    /// <summary>Closes the connections of the pool.</summary>
    public abstract void Dispose();
}
