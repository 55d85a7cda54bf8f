using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Host;

/// <summary>What commands do to the database themselves, without a host to ask.</summary>
public sealed class OfflineDatabase : IDisposable
{
    private readonly Database _database;
    private readonly DatabaseStart _start;
    private readonly TimeProvider _time;

    private OfflineDatabase(Database database, TimeProvider time)
    {
        _database = database;
        _start = database.Start();
        _time = time;
    }

    /// <summary>What a key may be given.</summary>
    public static IReadOnlyList<string> Scopes => Security.Scopes.All;

    /// <summary>What people call the database: the file's full path, or the server and the database.</summary>
    public string Name => _database.Name;

    /// <summary>Finds the database; nothing is opened yet.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <param name="contentRoot">Where relative paths start.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    /// <exception cref="StorageStartException">The database's setting cannot be read.</exception>
    public static OfflineDatabase Open(IConfiguration configuration, string contentRoot, TimeProvider time) =>
        new(Database.Of(PushHostSettings.Read(configuration).Storage, contentRoot), time);

    /// <summary>Brings the database to this version.</summary>
    /// <returns>The version before, 0 for a new database, and the version now.</returns>
    /// <exception cref="StorageStartException">A host is using it, or it cannot be written.</exception>
    public (long Before, long After) Migrate()
    {
        _start.Lock();
        return _start.Migrate();
    }

    /// <summary>Makes a key. A host that is running knows it at once.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">Some of <see cref="Scopes"/>.</param>
    /// <param name="app">The app it is bound to; null is all.</param>
    /// <returns>The key, of which only the hash is stored, null when there is no such app; and whether the database was made for it.</returns>
    /// <exception cref="StorageStartException">The database cannot be used.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be written now.</exception>
    public async Task<(string? Key, bool DatabaseIsNew)> CreateKeyAsync(string name, IReadOnlyCollection<string> scopes, string? app)
    {
        // A host that is running has migrated already, and SQLite lets a second process write beside it.
        var isNew = _start.TryLock() && _start.Migrate().Before == 0;
        try
        {
            await using var writer = _database.OpenWriter(NullLogger<DatabaseWriter>.Instance);
            var apps = new AppDirectory();
            await apps.LoadAsync(_database, writer, _time);
            var bound = app is null ? null : apps.Named(app);
            if (app is not null && bound is null)
                return (null, isNew);
            var key = ApiKey.Generate();
            await writer.WriteAsync(WriteLane.Caller, session =>
            {
                ApiKeys.Save(session, name, key, scopes, bound?.Id, _time.UnixMilliseconds());
                return true;
            });
            return (key, isNew);
        }
        catch (DbException error)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: {Name} cannot be used: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _start.Dispose();
}
