namespace PushHost.Providers;

/// <summary>Recipients of one notification, for one credential.</summary>
public sealed class Batch
{
    /// <summary>Whom to send to: 1 to 1,000. Those who read the same share one <see cref="EncodedPayload"/> and are adjacent, so that a gateway
    /// with multicast gets few requests.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>Until when the message is worth delivering, and what to tell the gateway of it.</summary>
    public required Expiry Expiry { get; init; }

    /// <summary>Ask the gateway what it would say, and deliver nothing. See <see cref="IPushProvider.CanValidate"/>.</summary>
    public bool ValidateOnly { get; init; }
}

/// <summary>One delivery: whom, what, and under which id.</summary>
public sealed class Recipient
{
    /// <summary>Whom the gateway is to reach.</summary>
    public required Target Target { get; init; }

    /// <summary>What <see cref="IPushProvider.Encode"/> made; shared by all recipients that read the same. A provider may finish it for its recipient.</summary>
    public required EncodedPayload Payload { get; init; }

    /// <summary>The same for every attempt of this delivery and for no other: gateways that take a message id get this one.</summary>
    public required Guid Id { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>JSON text kept with the device and never shown, such as Web Push keys; null if there is none.</summary>
    public string? ProviderData { get; init; }
}

/// <summary>What a <see cref="Target"/> names.</summary>
public enum TargetKind
{
    /// <summary>One registration: its token.</summary>
    Registration,

    /// <summary>A topic that devices subscribed to at the gateway.</summary>
    Topic,

    /// <summary>An expression over topics.</summary>
    Condition,

    /// <summary>A broadcast channel.</summary>
    Channel,
}

/// <summary>Whom a gateway is to reach.</summary>
/// <param name="Kind">What the value names.</param>
/// <param name="Value">The token in canonical form, or the topic's, condition's or channel's text.</param>
public readonly record struct Target(TargetKind Kind, string Value);

/// <summary>Until when a message is worth delivering.</summary>
/// <param name="At">The moment, UTC; null leaves it to the gateway's own default.</param>
/// <param name="Once">One attempt now, not stored by the gateway.</param>
public readonly record struct Expiry(DateTimeOffset? At, bool Once)
{
    /// <summary>The caller said nothing: the gateway's own default holds.</summary>
    public static Expiry GatewayDefault => default;

    /// <summary>Now or never.</summary>
    public static Expiry Now => new(null, true);

    /// <summary>Until <paramref name="at"/>.</summary>
    public static Expiry Until(DateTimeOffset at) => new(at, false);
}
