using System.Data.Common;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>A recipient of a claimed batch that is to be sent to now.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="RegistrationId">Its token, read when the batch was claimed.</param>
/// <param name="Environment">The environment to send to; null for the credential's own.</param>
/// <param name="ProviderData">What the gateway needs beside the token.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="LastReason">Why the attempt before this one was not the last; null on the first.</param>
/// <param name="Silences">How many of the attempts before had no answer.</param>
internal sealed record DueRecipient(long Device, string RegistrationId, string? Environment, string? ProviderData, int Attempt, string? LastReason, int Silences)
{
    /// <summary>What the device's row says of its environment; a trial is sent to another one.</summary>
    public string? KnownEnvironment { get; init; }

    /// <summary>The environments that refused the token.</summary>
    public string? RejectedIn { get; init; }

    /// <summary>Whether it was due under a claim whose lease lapsed, and may have been sent to then.</summary>
    public bool MayHaveBeenSent { get; init; }
}

/// <summary>What a claim finds in its batch.</summary>
/// <param name="Due">Whom to send to now.</param>
/// <param name="Decided">Who is not sent to, and why: no longer active, or another owner's by now.</param>
/// <param name="NextDue">When the next retry of the others is due, Unix milliseconds; null when there are no others.</param>
internal sealed record LoadedRecipients(List<DueRecipient> Due, List<DeliveryResult> Decided, long? NextDue);

/// <summary>Reads the recipients of a claimed batch, fresh from the device table.</summary>
internal static class RecipientLoader
{
    /// <summary>Why it is not known whether a recipient was sent to: the claim's lease lapsed before a verdict was recorded.</summary>
    public const string LeaseLapsed = "leaseLapsed";

    private readonly record struct Recorded(DeliveryOutcome Outcome, int Attempts, long DueAt, string? Reason, int Silences, long? Batch);

    private readonly record struct DeviceNow(
        long Id, string RegistrationId, string? Environment, string? ProviderData, long OwnerEpoch, DeviceState State, string? Reason, string? RejectedIn,
        string? User);

    /// <param name="session">Where to read.</param>
    /// <param name="claim">The lease.</param>
    /// <param name="job">The claim's notification.</param>
    /// <param name="now">What is due until then is due, Unix milliseconds.</param>
    public static LoadedRecipients Load(SqlSession session, Claim claim, Job job, long now)
    {
        var batch = claim.Batch;
        var packed = PackedRecipients.Unpack(batch.Recipients);
        // Before its first claim nothing of a batch can be recorded, but for recipients that were moved to it.
        var recorded = batch.LeaseEpoch > 1 || batch.Lane == DeliveryLane.Trial ? ReadRecorded(session, claim) : [];
        var loaded = new LoadedRecipients(new List<DueRecipient>(packed.Length), [], null);
        using var devices = Open(session, packed);
        var device = Next(devices);
        for (var i = 0; i < packed.Length; i++)
        {
            var id = packed[i];
            while (device is { } behind && behind.Id < id)
                device = Next(devices);
            var attempts = 0;
            string? lastReason = null;
            var silences = 0;
            var wasOpen = batch.LapsedAt > 0;
            if (recorded.TryGetValue(id, out var row))
            {
                if (row.Outcome != DeliveryOutcome.Pending || (row.Batch is { } moved && moved != batch.Id))
                    continue;
                wasOpen &= row.DueAt <= batch.LapsedAt;
                if (row.DueAt > now && !batch.IsStopped)
                {
                    loaded = loaded with { NextDue = Math.Min(loaded.NextDue ?? long.MaxValue, row.DueAt) };
                    continue;
                }
                attempts = row.Attempts;
                lastReason = row.Reason;
                silences = row.Silences;
            }
            if (wasOpen && (job.OnUnknown == OnUnknown.Stop || batch.IsStopped))
                // The worker that was lost may have sent to it: it is not sent again, and nobody knows.
                loaded.Decided.Add(new DeliveryResult(id, DeliveryOutcome.Unknown, LeaseLapsed, null, attempts, 0, null, silences));
            else if (batch.IsStopped && silences > 0)
                loaded.Decided.Add(new DeliveryResult(id, DeliveryOutcome.Unknown, lastReason, null, attempts, 0, null, silences));
            else if (batch.IsStopped)
                continue;
            else if (Suppression(device, id, job) is { } reason)
                loaded.Decided.Add(new DeliveryResult(id, DeliveryOutcome.Suppressed, reason, null, attempts, 0, null));
            else
            {
                loaded.Due.Add(new DueRecipient(
                    id, device!.Value.RegistrationId, EnvironmentFor(device.Value, batch), device.Value.ProviderData, attempts + 1, lastReason, silences)
                {
                    KnownEnvironment = device.Value.Environment,
                    RejectedIn = device.Value.RejectedIn,
                    MayHaveBeenSent = wasOpen,
                });
            }
        }
        return loaded;
    }

    // A token that came after the move was never refused anywhere, and there is nothing to try.
    private static string? EnvironmentFor(DeviceNow device, BatchRow batch) =>
        batch.Lane == DeliveryLane.Trial && device.RejectedIn is not null ? batch.Environment : device.Environment;

    private static string? Suppression(DeviceNow? device, long id, Job job)
    {
        if (device is not { } found || found.Id != id)
            return "deleted";
        if (found.State != DeviceState.Active)
            return found.Reason ?? DeviceStates.ByCaller;
        return job.Id <= found.OwnerEpoch && !job.IsMeantFor(found.User) ? "otherOwner" : null;
    }

    private static Dictionary<long, Recorded> ReadRecorded(SqlSession session, Claim claim)
    {
        var recorded = new Dictionary<long, Recorded>();
        using var reader = session.Query(
            "SELECT device, outcome, attempts, due_at, reason, silences, batch FROM delivery WHERE notification = @p0 AND device >= @p1 AND device <= @p2",
            claim.Batch.Notification, claim.Batch.FirstDevice, claim.Batch.LastDevice);
        while (reader.Read())
        {
            recorded[reader.GetInt64(0)] = new Recorded(
                (DeliveryOutcome)reader.GetInt32(1), reader.GetInt32(2), reader.Number(3) ?? 0, reader.Text(4),
                (int)(reader.Number(5) ?? 0), reader.Number(6));
        }
        return recorded;
    }

    private static DbDataReader Open(SqlSession session, long[] packed)
    {
        const string Selection = "SELECT id, registration_id, environment, provider_data, owner_epoch, state, reason, rejected_in, user_id FROM device WHERE ";
        var first = packed[0];
        var last = packed[^1];
        // Dense batches, as sends to all make them, are one walk along the table; sparse ones a look-up each.
        return last - first < 2L * packed.Length
            ? session.Query(Selection + "id >= @p0 AND id <= @p1 ORDER BY id", first, last)
            : session.Query(Selection + "id IN (SELECT value FROM items(@p0)) ORDER BY id", SqlList.Of(packed));
    }

    private static DeviceNow? Next(DbDataReader reader) => reader.Read()
        ? new DeviceNow(
            reader.GetInt64(0), reader.GetString(1), reader.Text(2), reader.Text(3), reader.GetInt64(4), (DeviceState)reader.GetInt32(5), reader.Text(6),
            reader.Text(7), reader.Text(8))
        : null;
}
