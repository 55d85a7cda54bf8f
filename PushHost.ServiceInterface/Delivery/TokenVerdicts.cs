using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>What verdicts do to devices.</summary>
internal static class TokenVerdicts
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    public static void Apply(SqlSession session, long app, string provider, IReadOnlyList<DeliveryResult> results, long now)
    {
        var accepted = new List<long>(results.Count);
        foreach (var result in results)
        {
            if (result.Outcome == DeliveryOutcome.Accepted)
                accepted.Add(result.Device);
            if (result.Token is TokenAction.Deactivate dead)
                Deactivate(session, result.Device, dead, now);
            else if (result.Token is TokenAction.Replace replaced)
                Replace(session, app, provider, result.Device, replaced, now);
        }
        if (accepted.Count > 0)
        {
            // At most once a day, so that a device's row isn't rewritten for every message.
            session.Execute(
                "UPDATE device SET last_accepted_at = @p1 WHERE id IN (SELECT value FROM items(@p0)) AND (last_accepted_at IS NULL OR last_accepted_at < @p2)",
                SqlList.Of(accepted), now, now - Day);
        }
    }

    // A phone that registered after the gateway's moment is alive, whatever the gateway said of its past.
    private static void Deactivate(SqlSession session, long device, TokenAction.Deactivate dead, long now) => session.Execute(
        "UPDATE device SET state = @p1, reason = @p2, state_since = @p3 WHERE id = @p0 AND state = @p4 AND registration_id = @p5 AND registered_at <= @p6",
        device, (int)DeviceState.Inactive, dead.Reason, now, (int)DeviceState.Active, dead.SentTo, dead.Since);

    private static void Replace(SqlSession session, long app, string provider, long device, TokenAction.Replace replaced, long now)
    {
        if (DeviceStore.Find(session, app, provider, replaced.RegistrationId) is not { } other)
        {
            session.Execute(
                "UPDATE device SET registration_id = @p1 WHERE id = @p0 AND registration_id = @p2", device, replaced.RegistrationId, replaced.SentTo);
            return;
        }
        // The phone has registered its new token already: that row lives, and this one would double every message.
        if (other.Id != device)
        {
            session.Execute(
                "UPDATE device SET state = @p1, reason = @p2, state_since = @p3, replaced_by = @p4 WHERE id = @p0 AND registration_id = @p5",
                device, (int)DeviceState.Inactive, DeviceStates.ByReplacement, now, other.Id, replaced.SentTo);
        }
    }
}
