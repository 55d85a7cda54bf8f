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

    /// <summary>Whether a command had to make the database: a host that is running uses another one.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Makes a key. A host that is running knows it at once.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">Some of <see cref="Scopes"/>.</param>
    /// <param name="app">The app it is bound to; null is all.</param>
    /// <returns>The key, of which only the hash is stored; null when there is no such app.</returns>
    /// <exception cref="StorageStartException">The database cannot be used.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be written now.</exception>
    public Task<string?> CreateKeyAsync(string name, IReadOnlyCollection<string> scopes, string? app) => WriteAsync(async writer =>
    {
        var apps = new AppDirectory();
        await apps.LoadAsync(_database, writer, _time);
        var bound = app is null ? null : apps.Named(app);
        if (app is not null && bound is null)
            return null;
        var key = ApiKey.Generate();
        await writer.WriteAsync(WriteLane.Caller, session =>
        {
            ApiKeys.Save(session, name, key, scopes, bound?.Id, _time.UnixMilliseconds());
            return true;
        });
        return key;
    });

    /// <summary>Every key that was made, in the order of their ids, those that were revoked included.</summary>
    /// <exception cref="StorageStartException">The database cannot be used.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be read now.</exception>
    public Task<List<StoredKey>> KeysAsync() => WriteAsync(writer => writer.WriteAsync(WriteLane.Caller, StoredKeys.All));

    /// <summary>Revokes a key for good. A host that is running refuses it within ten seconds.</summary>
    /// <param name="id">Its id, as <see cref="KeysAsync"/> tells it.</param>
    /// <returns>The key, which may have been revoked before; null when there is none of this id.</returns>
    /// <exception cref="StorageStartException">The database cannot be used.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be written now.</exception>
    public Task<StoredKey?> RevokeKeyAsync(long id) =>
        WriteAsync(writer => writer.WriteAsync(WriteLane.Caller, session => StoredKeys.Revoke(session, id, _time.UnixMilliseconds())));

    private async Task<T> WriteAsync<T>(Func<DatabaseWriter, Task<T>> work)
    {
        // A host that is running has migrated already, and SQLite lets a second process write beside it.
        if (_start.TryLock())
            IsNew = _start.Migrate().Before == 0;
        try
        {
            await using var writer = _database.OpenWriter(NullLogger<DatabaseWriter>.Instance);
            return await work(writer);
        }
        catch (DbException error)
        {
            throw new StorageStartException($"{StorageSettings.ConnectionStringPath}: {Name} cannot be used: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _start.Dispose();
}
