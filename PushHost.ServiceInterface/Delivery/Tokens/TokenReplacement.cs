using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>Puts a device's new token in the old one's place.</summary>
internal static class TokenReplacement
{
    public static void Run(SqlSession session, long app, string provider, long device, TokenAction.Replace replaced, long now)
    {
        if (DeviceStore.Find(session, app, provider, replaced.RegistrationId) is not { } other)
        {
            session.Execute(
                "UPDATE device SET registration_id = @p1, rejected_in = NULL WHERE id = @p0 AND registration_id = @p2",
                device, replaced.RegistrationId, replaced.SentTo);
            return;
        }
        if (other.Id == device)
            return;
        // The phone has registered its new token already: that row lives, and this one would double every message.
        var retired = session.Execute(
            "UPDATE device SET state = @p1, reason = @p2, state_since = @p3, replaced_by = @p4, deactivated_by = NULL "
            + "WHERE id = @p0 AND registration_id = @p5 AND state = @p6",
            device, (int)DeviceState.Inactive, DeviceStates.ByReplacement, now, other.Id, replaced.SentTo, (int)DeviceState.Active) > 0;
        // The gateway has just said that the new token lives, whatever it said before. Else the phone would have no row left that is sent to.
        if (retired && other.State != DeviceState.Active && other.Reason is not (DeviceStates.ByCaller or DeviceStates.ByLogout))
        {
            session.Execute(
                "UPDATE device SET state = @p1, reason = NULL, state_since = NULL, replaced_by = NULL, deactivated_by = NULL "
                + "WHERE id = @p0 AND registration_id = @p2 AND reason = @p3",
                other.Id, (int)DeviceState.Active, replaced.RegistrationId, other.Reason);
        }
    }
}
