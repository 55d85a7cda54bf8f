using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>A registration, checked and in canonical form.</summary>
internal sealed record DeviceRegistration
{
    public required long App { get; init; }
    public required string Provider { get; init; }
    public required string RegistrationId { get; init; }
    public required DeviceValues Values { get; init; }

    /// <summary>The client's clock or counter; null if it gives none.</summary>
    public long? Sequence { get; init; }

    /// <summary>Whether the caller manages devices, and so may move a known <c>deviceId</c> from one user to another.</summary>
    public bool ByManager { get; init; }
}

/// <summary>What a registration did.</summary>
internal sealed record RegisteredDevice(DeviceRow Row, bool Created, bool Moved);

/// <summary>The atomic upsert of a registration. Runs inside the writer's transaction.</summary>
/// <remarks>1. The row is found by token, or by <c>deviceId</c>, which then takes the token and swallows the token's row. 2. A tombstone refuses what comes late.
/// 3. A new owner starts clean. 4. What is given is set. 5. The device is active again unless a caller switched it off.</remarks>
internal static class RegistrationTransaction
{
    // The tokens of single live activities come and go beside each other; none takes another's place.
    private const string LiveActivity = "liveActivity";

    public static RegisteredDevice Run(SqlSession session, DeviceRegistration registration, long now)
    {
        var values = registration.Values;
        // Neither two registrations nor a registration and a logout of one token, or of one installation, are at work at once.
        DeviceStore.LockToken(session, registration.App, registration.Provider, registration.RegistrationId);
        if (values.DeviceId is not null)
            session.Lock("installation", $"{registration.App}", registration.Provider, values.DeviceId);
        var byToken = DeviceStore.Find(session, registration.App, registration.Provider, registration.RegistrationId);
        var row = Holder(session, registration, byToken) ?? byToken;
        // Only now: the logout of a user holds the rows that it finds, and its tombstones are there when it lets them go.
        RefuseLate(session, registration);
        if (row is null)
            return Create(session, registration, now);

        if (byToken is not null && byToken.Id != row.Id)
        {
            DeviceStore.Delete(session, byToken.Id);
            row.RaiseSequence(byToken.Sequence);
        }

        var tagsBefore = row.Tags;
        var moved = row.HandOver(values.UserId);
        row.GiveToken(registration.RegistrationId, byToken);
        values.ApplyTo(row);
        row.RaiseSequence(registration.Sequence);
        row.RegisteredAt = now;
        row.LastSeenAt = values.LastSeenAt ?? now;
        if (row.State != DeviceState.Active && row.Reason != DeviceStates.ByCaller)
            row.Activate();
        row.SetByCaller(values.IsActive, now);
        DeviceStore.Update(session, row, tagsBefore);
        return new RegisteredDevice(row, Created: false, moved);
    }

    private static void RefuseLate(SqlSession session, DeviceRegistration registration)
    {
        if (registration.Sequence is { } sequence
            && DeviceStore.TombstoneSequence(session, registration.App, registration.Provider, registration.RegistrationId) is { } buried
            && sequence <= buried)
        {
            throw RequestException.Conflict(
                $"sequence is {sequence}, and this device was unregistered at {buried}: a registration counts only with a higher one");
        }
    }

    private static DeviceRow? Holder(SqlSession session, DeviceRegistration registration, DeviceRow? byToken)
    {
        var values = registration.Values;
        var deviceId = values.DeviceId;
        var kind = values.Kind ?? byToken?.Kind ?? DeviceRules.DefaultKind;
        if (deviceId is null || kind == LiveActivity || (byToken?.DeviceId == deviceId && byToken.Kind == kind))
            return null;
        var userId = values.UserId ?? byToken?.UserId;
        var holder = DeviceStore.FindHolder(session, registration.App, registration.Provider, kind, deviceId, userId);
        return holder is not null && (registration.ByManager || holder.UserId == userId) ? holder : null;
    }

    private static RegisteredDevice Create(SqlSession session, DeviceRegistration registration, long now)
    {
        var row = new DeviceRow
        {
            App = registration.App,
            Provider = registration.Provider,
            RegistrationId = registration.RegistrationId,
            Kind = DeviceRules.DefaultKind,
            UserId = registration.Values.UserId,
            State = DeviceState.Active,
            Sequence = registration.Sequence,
            CreatedAt = now,
            RegisteredAt = now,
            LastSeenAt = now,
        };
        registration.Values.ApplyTo(row);
        row.SetByCaller(registration.Values.IsActive, now);
        DeviceStore.Insert(session, row);
        return new RegisteredDevice(row, Created: true, Moved: false);
    }
}
