using System.Data.Common;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Security;

/// <summary>Lists and revokes API keys.</summary>
internal static class StoredKeys
{
    private const string Select =
        "SELECT k.id, k.name, k.prefix, k.scopes, a.name, k.created_at, k.revoked_at FROM api_key k LEFT JOIN app a ON a.id = k.app ";

    /// <summary>All of them, by id.</summary>
    public static List<StoredKey> All(SqlSession session) => session.List(Read, Select + "ORDER BY k.id");

    /// <summary>Revokes one, unless it is revoked already.</summary>
    /// <returns>The key as it was before; null when there is none.</returns>
    public static StoredKey? Revoke(SqlSession session, long id, long now)
    {
        var before = session.First(Read, Select + "WHERE k.id = @p0", id);
        session.Execute("UPDATE api_key SET revoked_at = @p1 WHERE id = @p0 AND revoked_at IS NULL", id, now);
        return before;
    }

    private static StoredKey Read(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3).Split(' '), reader.IsDBNull(4) ? null : reader.GetString(4),
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)), reader.Number(6) is { } revoked ? DateTimeOffset.FromUnixTimeMilliseconds(revoked) : null);
}
