using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>Keeps a send from switching off an abnormal share of its audience.</summary>
/// <remarks>The share is of the recipients planned so far: while planning goes on the bound grows with them, so that at no moment more than the share
/// is switched off, whatever the rest of the audience will be. Verdicts beyond the bound are held for an operator.
/// One counter in the notification's row, changed in the transaction that switches off, counts for all hosts.</remarks>
internal static class Brake
{
    /// <summary>Takes room for devices that are to be switched off, which <see cref="Settle"/> gives back where it was not used.</summary>
    /// <returns>How many may be switched off now.</returns>
    public static int Take(SqlSession session, long notification, int wanted, BrakeSettings settings)
    {
        using var reader = session.Query(
            "UPDATE notification SET deactivated = deactivated + @p1 WHERE id = @p0 RETURNING deactivated, planned", notification, wanted);
        if (!reader.Read())
            return 0;
        var before = reader.GetInt64(0) - wanted;
        var most = Math.Max(settings.MinCount, (long)(settings.Share * reader.GetInt64(1)));
        return (int)Math.Clamp(most - before, 0, wanted);
    }

    /// <summary>Ends what <see cref="Take"/> began.</summary>
    /// <param name="session">The same transaction's.</param>
    /// <param name="notification">The notification.</param>
    /// <param name="unused">How many of those wanted were not switched off.</param>
    /// <param name="held">How many verdicts were held instead.</param>
    public static void Settle(SqlSession session, long notification, int unused, int held)
    {
        if (unused > 0 || held > 0)
            session.Execute("UPDATE notification SET deactivated = deactivated - @p1, held = held + @p2 WHERE id = @p0", notification, unused, held);
    }
}
