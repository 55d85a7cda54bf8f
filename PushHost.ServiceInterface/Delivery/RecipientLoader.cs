using System.Data.Common;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>A recipient of a claimed batch that is to be sent to now.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="RegistrationId">Its token, read when the batch was claimed.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="ProviderData">What the gateway needs beside the token.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="LastReason">Why the attempt before this one was not the last; null on the first.</param>
internal sealed record DueRecipient(long Device, string RegistrationId, string? Environment, string? ProviderData, int Attempt, string? LastReason);

/// <summary>What a claim finds in its batch.</summary>
/// <param name="Due">Whom to send to now.</param>
/// <param name="Decided">Who is not sent to, and why: no longer active, or another owner's by now.</param>
/// <param name="NextDue">When the next retry of the others is due, Unix milliseconds; null when there are no others.</param>
internal sealed record LoadedRecipients(List<DueRecipient> Due, List<DeliveryResult> Decided, long? NextDue);

/// <summary>Reads the recipients of a claimed batch, fresh from the device table.</summary>
internal static class RecipientLoader
{
    private readonly record struct Recorded(DeliveryOutcome Outcome, int Attempts, long DueAt, string? Reason);

    private readonly record struct DeviceNow(
        long Id, string RegistrationId, string? Environment, string? ProviderData, long OwnerEpoch, DeviceState State, string? Reason);

    public static LoadedRecipients Load(SqlSession session, Claim claim, long now)
    {
        var batch = claim.Batch;
        var packed = PackedRecipients.Unpack(batch.Recipients);
        // Before its first claim nothing of a batch can be recorded.
        var recorded = batch.LeaseEpoch > 1 ? ReadRecorded(session, claim) : [];
        var loaded = new LoadedRecipients(new List<DueRecipient>(packed.Devices.Length), [], null);
        using var devices = Open(session, packed);
        var device = Next(devices);
        for (var i = 0; i < packed.Devices.Length; i++)
        {
            var id = packed.Devices[i];
            while (device is { } behind && behind.Id < id)
                device = Next(devices);
            var attempts = 0;
            string? lastReason = null;
            if (recorded.TryGetValue(id, out var row))
            {
                if (row.Outcome != DeliveryOutcome.Pending)
                    continue;
                if (row.DueAt > now)
                {
                    loaded = loaded with { NextDue = Math.Min(loaded.NextDue ?? long.MaxValue, row.DueAt) };
                    continue;
                }
                attempts = row.Attempts;
                lastReason = row.Reason;
            }
            if (Suppression(device, id, packed.OwnerEpochs?[i]) is { } reason)
                loaded.Decided.Add(new DeliveryResult(id, DeliveryOutcome.Suppressed, reason, null, attempts, 0, null));
            else
            {
                loaded.Due.Add(new DueRecipient(
                    id, device!.Value.RegistrationId, device.Value.Environment, device.Value.ProviderData, attempts + 1, lastReason));
            }
        }
        return loaded;
    }

    private static string? Suppression(DeviceNow? device, long id, long? ownerEpoch)
    {
        if (device is not { } found || found.Id != id)
            return "deleted";
        if (found.State != DeviceState.Active)
            return found.Reason ?? DeviceStates.ByCaller;
        return ownerEpoch is { } epoch && epoch != found.OwnerEpoch ? "otherOwner" : null;
    }

    private static Dictionary<long, Recorded> ReadRecorded(SqlSession session, Claim claim)
    {
        var recorded = new Dictionary<long, Recorded>();
        using var reader = session.Query(
            "SELECT device, outcome, attempts, due_at, reason FROM delivery WHERE notification = @p0 AND device >= @p1 AND device <= @p2",
            claim.Batch.Notification, claim.Batch.FirstDevice, claim.Batch.LastDevice);
        while (reader.Read())
            recorded[reader.GetInt64(0)] = new Recorded((DeliveryOutcome)reader.GetInt32(1), reader.GetInt32(2), reader.Number(3) ?? 0, reader.Text(4));
        return recorded;
    }

    private static DbDataReader Open(SqlSession session, PackedRecipients packed)
    {
        const string Selection = "SELECT id, registration_id, environment, provider_data, owner_epoch, state, reason FROM device WHERE ";
        var first = packed.Devices[0];
        var last = packed.Devices[^1];
        // Dense batches, as sends to all make them, are one walk along the table; sparse ones a look-up each.
        return last - first < 2L * packed.Devices.Length
            ? session.Query(Selection + "id >= @p0 AND id <= @p1 ORDER BY id", first, last)
            : session.Query(
                Selection + "id IN (SELECT value FROM json_each(@p0)) ORDER BY id", System.Text.Json.JsonSerializer.Serialize(packed.Devices));
    }

    private static DeviceNow? Next(DbDataReader reader) => reader.Read()
        ? new DeviceNow(
            reader.GetInt64(0), reader.GetString(1), reader.Text(2), reader.Text(3), reader.GetInt64(4), (DeviceState)reader.GetInt32(5), reader.Text(6))
        : null;
}
