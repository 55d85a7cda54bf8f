using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Every way in which callers change devices. Each is one transaction of the writer and on disk when it answers.</summary>
internal sealed class DeviceRegistry(DatabaseWriter writer, TimeProvider time)
{
    /// <summary>Registers or refreshes a device.</summary>
    public Task<RegisteredDevice> RegisterAsync(DeviceRegistration registration) =>
        writer.WriteAsync(WriteLane.Caller, session => RegistrationTransaction.Run(session, registration, time.UnixMilliseconds()));

    /// <summary>Applies a PATCH or PUT.</summary>
    public Task<DeviceRow> ChangeAsync(DeviceChange change) => writer.WriteAsync(WriteLane.Caller, change.Run);

    /// <summary>Deletes a device; by token it leaves a tombstone.</summary>
    public Task DeleteAsync(DeviceKey key) => writer.WriteAsync(WriteLane.Caller, session =>
    {
        if (key.RegistrationId is { } token)
            DeviceStore.LockToken(session, key.App, key.Provider!, token);
        var row = key.Find(session);
        if (key.Id is null)
            DeviceStore.Bury(session, row, row.Sequence, time.UnixMilliseconds());
        DeviceStore.Delete(session, row.Id);
        return row;
    });

    /// <summary>Logout of one device. An unknown token leaves a tombstone too: its registration may still be on the way.</summary>
    public Task UnregisterAsync(long app, string provider, string registrationId, long? sequence) => writer.WriteAsync(WriteLane.Caller, session =>
    {
        var now = time.UnixMilliseconds();
        DeviceStore.LockToken(session, app, provider, registrationId);
        var row = DeviceStore.Find(session, app, provider, registrationId);
        // A logout that comes late must not undo a registration that came after it.
        if (row?.Sequence > sequence)
            return row;
        DeviceStore.Bury(session, app, provider, registrationId, row?.UserId, sequence, now);
        if (row is not null)
            LogOut(session, row, now);
        return row;
    });

    /// <summary>Logout of all of a user's devices.</summary>
    public Task UnregisterUserAsync(long app, string userId, long? sequence) => writer.WriteAsync(WriteLane.Caller, session =>
    {
        var now = time.UnixMilliseconds();
        var rows = DeviceStore.OfUser(session, app, userId);
        rows.RemoveAll(row => row.Sequence > sequence);
        foreach (var row in rows)
        {
            DeviceStore.Bury(session, row, sequence, now);
            LogOut(session, row, now);
        }
        return rows.Count;
    });

    private static void LogOut(SqlSession session, DeviceRow row, long now)
    {
        row.SetOwner(null);
        // What a caller switched off stays switched off by the caller: logging in again must not switch it on.
        if (row.Reason != DeviceStates.ByCaller)
            row.Deactivate(DeviceStates.ByLogout, now);
        DeviceStore.Update(session, row, row.Tags);
    }
}
