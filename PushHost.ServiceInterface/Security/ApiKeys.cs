using System.Collections.Concurrent;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Security;

/// <summary>The keys that callers hold. Only their hashes are stored.</summary>
internal sealed class ApiKeys(Database database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (ApiKey Key, long Until)> _known = new(StringComparer.Ordinal);

    /// <summary>The key, if it is good. A key that was revoked stops working within ten seconds.</summary>
    public ApiKey? Find(string key)
    {
        var hash = Convert.ToHexString(ApiKey.Hash(key));
        var now = time.UnixMilliseconds();
        if (_known.TryGetValue(hash, out var known) && known.Until > now)
            return known.Key;
        _known.TryRemove(hash, out _);

        // Compared by its hash, so that neither the look-up's time nor the table tells anything of the key.
        var bytes = ApiKey.Hash(key);
        using var session = database.Read();
        var row = session.First(
            reader => new ApiKeyRow { Id = reader.GetInt64(0), App = reader.Number(1), Scopes = reader.GetString(2) },
            "SELECT id, app, scopes FROM api_key WHERE hash = @p0 AND revoked_at IS NULL", bytes);
        if (row is null)
            return null;
        var found = new ApiKey($"key:{row.Id}", row.App, row.Scopes.Split(' '));
        _known[hash] = (found, now + (long)Remembered.TotalMilliseconds);
        return found;
    }

    /// <summary>Whether any key exists that may do everything.</summary>
    public bool AnyAdmin()
    {
        using var session = database.Read();
        return AnyAdmin(session);
    }

    /// <inheritdoc cref="AnyAdmin()"/>
    public static bool AnyAdmin(SqlSession session) =>
        session.List(reader => reader.GetString(0), "SELECT scopes FROM api_key WHERE revoked_at IS NULL")
            .Exists(scopes => scopes.Split(' ').Contains(Scopes.Admin));

    /// <summary>Stores a new key; unchanged if it is known already.</summary>
    public static void Save(SqlSession session, string name, string key, IReadOnlyCollection<string> scopes, long? app, long now) =>
        session.Execute(
            "INSERT INTO api_key (app, name, prefix, hash, scopes, created_at) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) "
            + "ON CONFLICT (hash) DO UPDATE SET scopes = excluded.scopes, revoked_at = NULL",
            app, name, ApiKey.Prefix(key), ApiKey.Hash(key), string.Join(' ', scopes), now);
}
