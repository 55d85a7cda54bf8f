using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>Switches off or deletes a piece of a prune, as far as the conditions still hold. Runs inside the writer's transaction.</summary>
internal static class PruneTransaction
{
    /// <summary>Switches off what is active.</summary>
    /// <returns>How many devices.</returns>
    public static int SwitchOff(SqlSession session, SqlWhere where, long now)
    {
        where.And($"state = {(int)DeviceState.Active}");
        var (state, reason, since) = (where.Parameter((int)DeviceState.Inactive), where.Parameter(DeviceStates.ByDisuse), where.Parameter(now));
        return session.Execute($"UPDATE device SET state = {state}, reason = {reason}, state_since = {since}, deactivated_by = NULL{where}", where.Values);
    }

    /// <summary>Deletes devices with their tags.</summary>
    /// <returns>How many devices.</returns>
    public static int Delete(SqlSession session, SqlWhere where)
    {
        // The rows first: a device that registers meanwhile must keep its tags.
        var deleted = session.List(reader => reader.GetInt64(0), $"DELETE FROM device{where} RETURNING id", where.Values);
        foreach (var id in deleted)
            session.Execute("DELETE FROM device_tag WHERE device = @p0", id);
        return deleted.Count;
    }
}
