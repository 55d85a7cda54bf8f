namespace PushHost.Providers.Apns;

/// <summary>A payload and the header values that are the same for all who get it.</summary>
internal sealed class ApnsPayload : EncodedPayload
{
    public required string PushType { get; init; }

    public required string Topic { get; init; }

    public required string Priority { get; init; }

    public required string? CollapseId { get; init; }

    /// <summary>Goes before what the batch says of expiry; null leaves it to the batch.</summary>
    public required string? Expiration { get; init; }

    /// <summary>For what the caller left open: goes after what the batch says of expiry.</summary>
    public required string? DefaultExpiration { get; init; }

    /// <summary>Whether the topic is the app itself, so that a refusal of it concerns everything sent with the credential.</summary>
    public required bool IsOwnTopic { get; init; }

    /// <summary>Whether the message itself names a topic that is not the one of its push type.</summary>
    public required bool NamesOtherTopic { get; init; }
}
