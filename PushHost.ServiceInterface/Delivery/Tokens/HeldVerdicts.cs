using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>A verdict over a device that the brake held.</summary>
/// <param name="Device">The device.</param>
/// <param name="State">What the device would become.</param>
/// <param name="Reason">The gateway's own word.</param>
/// <param name="Since">Since when the token is dead or doubted, Unix milliseconds.</param>
/// <param name="CreatedAt">When it was held, Unix milliseconds.</param>
internal sealed record HeldVerdictRow(long Device, DeviceState State, string Reason, long Since, long CreatedAt);

/// <summary>The statements over <c>held_verdict</c>.</summary>
internal static class HeldVerdicts
{
    /// <summary>Keeps a verdict for an operator, if it would switch the device off.</summary>
    /// <returns>Whether it was kept.</returns>
    public static bool Hold(SqlSession session, long notification, long device, TokenAction.SwitchOff action, long now) => session.Execute(
        "INSERT INTO held_verdict (notification, device, registration_id, state, reason, since, created_at) "
        + "SELECT @p0, id, registration_id, @p2, @p3, @p4, @p5 FROM device WHERE id = @p1 AND state = @p6 AND registration_id = @p7 AND registered_at <= @p4 "
        + "ON CONFLICT (notification, device) DO NOTHING",
        notification, device, (int)action.State, action.Reason, action.Since, now, (int)DeviceState.Active, action.SentTo) > 0;

    /// <summary>The verdicts that a notification holds, in the order of their devices.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="notification">The notification.</param>
    /// <param name="reason">Only with this reason; null for all.</param>
    /// <param name="after">Only devices above this.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="skip">So many are passed over.</param>
    public static List<HeldVerdictRow> Page(SqlSession session, long notification, string? reason, long after, int take, int skip = 0)
    {
        var where = Where(notification, reason).And($"device > {after}");
        return session.List(
            reader => new HeldVerdictRow(
                reader.GetInt64(0), (DeviceState)reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4)),
            $"SELECT device, state, reason, since, created_at FROM held_verdict{where} ORDER BY device LIMIT {take} OFFSET {skip}", where.Values);
    }

    public static long Count(SqlSession session, long notification, string? reason)
    {
        var where = Where(notification, reason);
        return session.Number($"SELECT COUNT(*) FROM held_verdict{where}", where.Values) ?? 0;
    }

    /// <summary>Takes a verdict out, so that nobody else acts on it.</summary>
    /// <returns>What it says; null when another was faster.</returns>
    public static TokenAction.SwitchOff? Take(SqlSession session, long notification, long device) => session.First<TokenAction.SwitchOff>(
        reader => (DeviceState)reader.GetInt32(1) == DeviceState.Inactive
            ? new TokenAction.Deactivate(reader.GetString(0), reader.GetString(2), reader.GetInt64(3))
            : new TokenAction.Quarantine(reader.GetString(0), reader.GetString(2), reader.GetInt64(3), RejectedIn: null, MayBeOurFault: false),
        "DELETE FROM held_verdict WHERE notification = @p0 AND device = @p1 RETURNING registration_id, state, reason, since", notification, device);

    /// <summary>Counts verdicts off that were taken out.</summary>
    /// <param name="session">The same transaction's.</param>
    /// <param name="notification">The notification.</param>
    /// <param name="taken">How many were taken out.</param>
    /// <param name="applied">How many of these switched a device off.</param>
    public static void Settle(SqlSession session, long notification, int taken, int applied) => session.Execute(
        "UPDATE notification SET held = held - @p1, deactivated = deactivated + @p2 WHERE id = @p0", notification, taken, applied);

    private static SqlWhere Where(long notification, string? reason) =>
        new SqlWhere().And($"notification = {notification}").AndIf(reason is not null, $"reason = {reason}");
}
