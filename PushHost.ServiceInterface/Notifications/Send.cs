using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>A send that was checked. Times are Unix milliseconds.</summary>
internal sealed record Send
{
    public required App App { get; init; }
    public required AudienceSpec Audience { get; init; }
    public required Message Message { get; init; }

    public required long NotAfter { get; init; }

    public required ExpiryKind Expiry { get; init; }

    public required Lane Lane { get; init; }

    /// <summary>At most so many recipients a minute; null for as many as the gateway takes.</summary>
    public int? PerMinute { get; init; }

    /// <summary>When to begin; null for at once.</summary>
    public long? SendAt { get; init; }

    public OnUnknown OnUnknown { get; init; } = OnUnknown.Resend;

    /// <summary>Null when the caller gave none.</summary>
    public Idempotency? Idempotency { get; init; }

    /// <summary>The one device it is for; null for an audience.</summary>
    public DeviceRow? Device { get; init; }

    /// <summary>Whether its audience can be planned when it is accepted: few entries, sent at once.</summary>
    public bool IsSmall => SendAt is null && Audience.Listed && Audience.ListedCount <= BatchStore.MaxRecipients;
}

/// <summary>An app's idempotency key.</summary>
/// <param name="Key">Its text.</param>
/// <param name="Hash">Of the request; another request under the same key is refused.</param>
internal sealed record Idempotency(string Key, byte[] Hash);

/// <summary>What accepting a send came to.</summary>
/// <param name="Id">The notification's.</param>
/// <param name="Replayed">Whether it was accepted before, under the same key.</param>
/// <param name="Waiter">Waits for its completion.</param>
internal sealed record AcceptedSend(long Id, bool Replayed, Completions.Waiter? Waiter);
