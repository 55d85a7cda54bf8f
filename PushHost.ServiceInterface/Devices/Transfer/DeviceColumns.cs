using System.Text;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>A member of a device as imports and exports carry it.</summary>
/// <param name="Name">Its name in JSON and in the header of CSV.</param>
/// <param name="Value">What an export writes: a text, number, truth value, time, list of tags or <see cref="JsonObjectText"/>; null leaves it out.</param>
/// <param name="Set">Takes the text of a CSV field, which is never empty.</param>
internal sealed record DeviceColumn(string Name, Func<DeviceRow, object?> Value, Action<ImportLine, string> Set);

/// <summary>The text of a JSON object.</summary>
internal sealed record JsonObjectText(string Text);

/// <summary>The members that imports take and exports give, in the order of an export's columns.</summary>
internal static class DeviceColumns
{
    private static readonly WireReader<Dictionary<string, object?>> Objects = new("It");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<DeviceColumn> All =
    [
        // An export's ids let a broken one be taken up again by after; an import gives ids of its own.
        new("id", row => row.Id, (_, _) => { }),
        new("provider", row => row.Provider, (line, text) => line.Provider = text),
        new("registrationId", row => row.RegistrationId, (line, text) => line.RegistrationId = text),
        new("kind", row => row.Kind, (line, text) => line.Kind = text),
        new("deviceId", row => row.DeviceId, (line, text) => line.DeviceId = text),
        new("name", row => row.Name, (line, text) => line.Name = text),
        new("userId", row => row.UserId, (line, text) => line.UserId = text),
        // Only false is written: an export that is imported again must not wake devices that a gateway declared dead meanwhile.
        new("isActive", row => row.State == DeviceState.Active ? null : false, (line, text) => line.IsActive = WireText.Parse<bool>(text)),
        new("deactivationReason", row => row.Reason, (line, text) => line.DeactivationReason = text),
        new("deactivatedAt", row => row.StateSince.ToTime(), (line, text) => line.DeactivatedAt = WireText.Parse<DateTimeOffset>(text)),
        new("tags", row => row.Tags?.Split(' '), (line, text) => line.Tags = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)]),
        new("locale", row => row.Locale, (line, text) => line.Locale = text),
        new("timeZone", row => row.TimeZone, (line, text) => line.TimeZone = text),
        new("environment", row => row.Environment, (line, text) => line.Environment = text),
        new("bundleId", row => row.BundleId, (line, text) => line.BundleId = text),
        new("appVersion", row => row.AppVersion, (line, text) => line.AppVersion = text),
        new("attributes", row => row.Attributes is null ? null : new JsonObjectText(row.Attributes), (line, text) => line.Attributes = Object(text)),
        new("sequence", row => row.Sequence, (line, text) => line.Sequence = WireText.Parse<long>(text)),
        new("createdAt", row => row.CreatedAt.ToTime(), (line, text) => line.CreatedAt = WireText.Parse<DateTimeOffset>(text)),
        new("registeredAt", row => row.RegisteredAt == 0 ? null : row.RegisteredAt.ToTime(), (line, text) => line.RegisteredAt = WireText.Parse<DateTimeOffset>(text)),
        new("lastSeenAt", row => row.LastSeenAt.ToTime(), (line, text) => line.LastSeenAt = WireText.Parse<DateTimeOffset>(text)),
    ];

    /// <summary>What only an import has: a secret that is never shown again, and the app, which the request names.</summary>
    public static readonly IReadOnlyList<DeviceColumn> ImportOnly =
    [
        new("providerData", _ => null, (line, text) => line.ProviderData = Object(text)),
        new("appId", _ => null, (line, text) => line.AppId = text),
    ];

    private static Dictionary<string, object?> Object(string text)
    {
        try
        {
            return Objects.Read(Encoding.UTF8.GetBytes(text));
        }
        catch (RequestException fault)
        {
            throw new FormatException($"must be a JSON object: {fault.Message}");
        }
    }
}
