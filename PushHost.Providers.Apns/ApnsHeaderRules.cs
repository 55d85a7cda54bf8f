using System.Globalization;
using System.Text;

namespace PushHost.Providers.Apns;

/// <summary>What APNs takes in its headers (Apple, "Sending notification requests to APNs"), so that a mistake is refused before anything is sent.</summary>
internal static class ApnsHeaderRules
{
    private const string Immediate = "10";
    private const string WhenConvenient = "5";
    private const string NeverWake = "1";
    private const int MostCollapseIdBytes = 64;

    public static string Priority(PushMessage message, PushType type, ApnsOverrides overrides)
    {
        var isBackground = type.Name == PushType.Background;
        if (overrides.Header(ApnsHeader.Priority) is not { } priority)
            return isBackground || message.Silent || message.Priority == MessagePriority.Normal ? WhenConvenient : Immediate;
        var field = ApnsOverrides.HeaderField(ApnsHeader.Priority);
        if (priority is not (Immediate or WhenConvenient or NeverWake))
            throw new MessageInvalidException(field, $"is '{priority}', and must be {Immediate}, {WhenConvenient} or {NeverWake}");
        if (isBackground && priority != WhenConvenient)
            throw new MessageInvalidException(field, $"is {priority}, and a background push must have {WhenConvenient}");
        return priority;
    }

    public static string? CollapseId(PushMessage message, ApnsOverrides overrides)
    {
        var header = overrides.Header(ApnsHeader.CollapseId);
        if ((header ?? message.CollapseId) is not { } collapseId)
            return null;
        var field = header is null ? "collapseId" : ApnsOverrides.HeaderField(ApnsHeader.CollapseId);
        if (Encoding.UTF8.GetByteCount(collapseId) is > MostCollapseIdBytes and var bytes)
            throw new MessageInvalidException(field, $"is {bytes} bytes, and APNs takes {MostCollapseIdBytes}");
        if (collapseId.Length == 0 || collapseId.Any(char.IsControl))
            throw new MessageInvalidException(field, "must be a text without line breaks or other control characters, and not empty");
        return collapseId;
    }

    public static string? Expiration(ApnsOverrides overrides)
    {
        if (overrides.Header(ApnsHeader.Expiration) is not { } expiration)
            return null;
        return long.TryParse(expiration, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? expiration
            : throw new MessageInvalidException(
                ApnsOverrides.HeaderField(ApnsHeader.Expiration), $"is '{expiration}', and must be a time in seconds since 1970, or 0 for one attempt");
    }
}
