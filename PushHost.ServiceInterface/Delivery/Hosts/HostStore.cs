using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Hosts;

/// <summary>The statements over <c>host</c>. Hosts are seen by the database's own clock, so that it does not matter whether theirs agree. Only for PostgreSQL.</summary>
internal static class HostStore
{
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    /// <summary>Enters a host and gives its id.</summary>
    public static long Join(SqlSession session, string name) =>
        session.Number($"INSERT INTO host (name, started_at, seen_at) VALUES (@p0, {Now}, {Now}) RETURNING id", name)!.Value;

    /// <summary>Tells that a host lives.</summary>
    /// <returns>False when it was taken for dead.</returns>
    public static bool Beat(SqlSession session, long id) => session.Execute($"UPDATE host SET seen_at = {Now} WHERE id = @p0", id) > 0;

    /// <summary>How many hosts there are.</summary>
    public static int Count(SqlSession session) => (int)(session.Number("SELECT COUNT(*) FROM host") ?? 1);

    public static void Leave(SqlSession session, long id) => session.Execute("DELETE FROM host WHERE id = @p0", id);

    /// <summary>Forgets hosts that were not seen for so long, and makes due at once what they and others before them had leased. Their writes come too late: the epoch is another.</summary>
    /// <returns>How many batches they had leased.</returns>
    public static int TakeBack(SqlSession session, TimeSpan unseenFor, long now)
    {
        session.Execute($"DELETE FROM host WHERE seen_at < {Now} - @p0", (long)unseenFor.TotalMilliseconds);
        return session.Execute(
            "UPDATE batch SET leased = 0, host = NULL, lapsed_at = claimed_at, due_at = @p0, lease_epoch = lease_epoch + 1 WHERE id IN "
            + "(SELECT id FROM batch WHERE done = 0 AND leased = 1 AND NOT EXISTS (SELECT 1 FROM host WHERE host.id = batch.host) ORDER BY id FOR UPDATE SKIP LOCKED)",
            now);
    }
}
