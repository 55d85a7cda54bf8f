using System.Diagnostics;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices;

/// <summary>A device of an import, checked and in canonical form. Times are Unix milliseconds; null is not given.</summary>
internal sealed record ImportedDevice
{
    public required long App { get; init; }
    public required string Provider { get; init; }
    public required string RegistrationId { get; init; }
    public required DeviceValues Values { get; init; }
    public long? Sequence { get; init; }
    public long? CreatedAt { get; init; }
    public long? RegisteredAt { get; init; }

    /// <summary>Why it is not active, where <c>isActive</c> is false: a gateway's verdict must not become the caller's, which would silence a living phone.</summary>
    public string? Reason { get; init; }

    public long? DeactivatedAt { get; init; }
}

/// <summary>How far a piece of an import came.</summary>
internal readonly record struct ImportedPiece(int Created, int Updated);

/// <summary>The upsert of an import, one device at a time or the new ones together. Runs inside the writer's transaction.</summary>
/// <remarks>Importing is not registering: a known row keeps <c>registeredAt</c> and <c>createdAt</c>, a new one has registered never unless the line says when.
/// Only <c>isActive: true</c> reactivates; tombstones don't matter. A device is known by its token alone: what is imported may be older than
/// what is here, and a stale token must not take a living one's place by its <c>deviceId</c>.</remarks>
internal static class ImportTransaction
{
    // The writer's transactions stay below 10 ms, so that callers never wait long behind an import.
    private static readonly TimeSpan MaxWork = TimeSpan.FromMilliseconds(7);

    /// <summary>Imports those of these devices that are not known yet, all together; a device that stands there twice once, as it stands first.</summary>
    /// <returns>Which it imported: their positions.</returns>
    public static HashSet<int> RunNew(SqlSession session, IReadOnlyList<ImportedDevice> devices, long now)
    {
        var positions = new Dictionary<(string Provider, string RegistrationId), int>();
        for (var i = 0; i < devices.Count; i++)
            positions.TryAdd((devices[i].Provider, devices[i].RegistrationId), i);
        return [.. DeviceBulk.InsertNew(session, [.. positions.Values.Select(i => New(devices[i], now))]).Select(row => positions[(row.Provider, row.RegistrationId)])];
    }

    /// <summary>Imports from <paramref name="first"/> on until the time of one transaction is up; at least one device.</summary>
    public static ImportedPiece Run(SqlSession session, IReadOnlyList<ImportedDevice> devices, int first, long now)
    {
        var started = Stopwatch.GetTimestamp();
        var created = 0;
        var done = 0;
        do
        {
            if (Run(session, devices[first + done], now))
                created++;
            done++;
        }
        while (first + done < devices.Count && Stopwatch.GetElapsedTime(started) < MaxWork);
        return new ImportedPiece(created, done - created);
    }

    /// <summary>Imports one device.</summary>
    /// <returns>Whether it is new.</returns>
    public static bool Run(SqlSession session, ImportedDevice device, long now)
    {
        if (DeviceStore.Find(session, device.App, device.Provider, device.RegistrationId) is not { } row)
        {
            DeviceStore.Insert(session, New(device, now));
            return true;
        }
        var tagsBefore = row.Tags;
        row.HandOver(device.Values.UserId);
        device.Values.ApplyTo(row);
        row.RaiseSequence(device.Sequence);
        SetState(row, device, now);
        DeviceStore.Update(session, row, tagsBefore);
        return false;
    }

    private static DeviceRow New(ImportedDevice device, long now)
    {
        var row = new DeviceRow
        {
            App = device.App,
            Provider = device.Provider,
            RegistrationId = device.RegistrationId,
            Kind = DeviceRules.DefaultKind,
            UserId = device.Values.UserId,
            State = DeviceState.Active,
            Sequence = device.Sequence,
            CreatedAt = device.CreatedAt ?? now,
            RegisteredAt = device.RegisteredAt ?? 0,
        };
        device.Values.ApplyTo(row);
        SetState(row, device, now);
        return row;
    }

    private static void SetState(DeviceRow row, ImportedDevice device, long now)
    {
        if (device.Values.IsActive != false)
        {
            row.SetByCaller(device.Values.IsActive, now);
            return;
        }
        var reason = device.Reason ?? DeviceStates.ByCaller;
        var known = row.State != DeviceState.Active && row.Reason == reason ? row.StateSince : null;
        row.Deactivate(reason, device.DeactivatedAt ?? known ?? now);
    }
}
