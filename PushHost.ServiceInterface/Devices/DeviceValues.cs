using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Checked members of a device. Null is absent.</summary>
internal sealed record DeviceValues
{
    public string? Kind { get; init; }
    public string? DeviceId { get; init; }
    public string? Name { get; init; }
    public string? UserId { get; init; }
    public bool? IsActive { get; init; }

    /// <summary>In the stored form: alphabetical, separated by spaces; empty for no tags.</summary>
    public string? Tags { get; init; }

    public string? Locale { get; init; }
    public string? TimeZone { get; init; }
    public string? Environment { get; init; }
    public string? BundleId { get; init; }
    public string? AppVersion { get; init; }
    public string? Attributes { get; init; }
    public string? ProviderData { get; init; }
    public long? LastSeenAt { get; init; }

    /// <summary>Sets what is given on the row, all but owner and state, which have rules of their own.</summary>
    public void ApplyTo(DeviceRow row)
    {
        row.Kind = Kind ?? row.Kind;
        row.DeviceId = DeviceId ?? row.DeviceId;
        row.Name = Name ?? row.Name;
        row.Tags = Tags is null ? row.Tags : Tags.Length == 0 ? null : Tags;
        row.Locale = Locale ?? row.Locale;
        row.TimeZone = TimeZone ?? row.TimeZone;
        row.Environment = Environment ?? row.Environment;
        row.BundleId = BundleId ?? row.BundleId;
        row.AppVersion = AppVersion ?? row.AppVersion;
        row.Attributes = Attributes ?? row.Attributes;
        row.ProviderData = ProviderData ?? row.ProviderData;
        row.LastSeenAt = LastSeenAt ?? row.LastSeenAt;
    }
}

/// <summary>The states of a device row and how it gets from one to another.</summary>
internal static class DeviceStates
{
    /// <summary>The reason of a device that a caller switched off: only a caller switches it on again.</summary>
    public const string ByCaller = "caller";

    public const string ByLogout = "logout";

    public const string ByReplacement = "replaced";

    /// <summary>The reason of a device that a prune switched off, since it was not seen for long.</summary>
    public const string ByDisuse = "notSeen";

    public static void Activate(this DeviceRow row)
    {
        row.State = DeviceState.Active;
        row.Reason = null;
        row.StateSince = null;
        row.ReplacedBy = null;
        row.DeactivatedBy = null;
    }

    public static void Deactivate(this DeviceRow row, string reason, long now)
    {
        row.State = DeviceState.Inactive;
        row.Reason = reason;
        row.StateSince = now;
        row.ReplacedBy = null;
        row.DeactivatedBy = null;
    }

    /// <summary>Gives the row another token. What gateways said of the old one is forgotten.</summary>
    /// <param name="row">The device.</param>
    /// <param name="registrationId">The token.</param>
    /// <param name="holder">The row that held it until now, and is merged away; null when it is new.</param>
    public static void GiveToken(this DeviceRow row, string registrationId, DeviceRow? holder = null)
    {
        if (row.RegistrationId == registrationId)
            return;
        row.RegistrationId = registrationId;
        row.RejectedIn = holder?.RejectedIn;
    }

    /// <summary>Does what a caller's <c>isActive</c> says; null leaves the state.</summary>
    public static void SetByCaller(this DeviceRow row, bool? isActive, long now)
    {
        if (isActive == true)
            row.Activate();
        else if (isActive == false)
            row.Deactivate(ByCaller, now);
    }

    /// <summary>Hands the row to another owner, if it is another: whatever was accepted for the last one no longer reaches it.</summary>
    /// <returns>Whether the owner changed.</returns>
    public static bool SetOwner(this DeviceRow row, string? userId)
    {
        if (row.UserId == userId)
            return false;
        row.UserId = userId;
        return true;
    }

    /// <summary>Gives the row to the owner that a registration or an import names; another one doesn't inherit name, tags and attributes.</summary>
    /// <returns>Whether the owner changed; null changes nothing.</returns>
    public static bool HandOver(this DeviceRow row, string? userId)
    {
        if (userId is null || !row.SetOwner(userId))
            return false;
        row.Name = null;
        row.Tags = null;
        row.Attributes = null;
        return true;
    }

    /// <summary>Takes note of a sequence; it never falls, so that a logout between two registrations that change places undoes neither.</summary>
    public static void RaiseSequence(this DeviceRow row, long? sequence) =>
        row.Sequence = row.Sequence is { } known && sequence is { } given ? Math.Max(known, given) : sequence ?? row.Sequence;
}
