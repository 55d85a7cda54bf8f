namespace PushHost.Providers.Gcm;

/// <summary>An FCM v1 message, made once: every request puts its target in at <see cref="TargetAt"/> and what is left of the time to live
/// at <see cref="TtlAt"/>.</summary>
internal sealed class FcmPayload : EncodedPayload
{
    /// <summary>How many bytes of data and texts FCM takes for a device (Firebase, "About FCM messages").</summary>
    public const int Limit = 4096;

    /// <summary>How many it takes for a topic (Firebase, "ErrorCode").</summary>
    public const int TopicLimit = 2048;

    /// <summary>The offset in the body of the message's first member.</summary>
    public required int TargetAt { get; init; }

    /// <summary>Whether the message has members that follow the target.</summary>
    public required bool HasMembers { get; init; }

    /// <summary>The offset in the body of the end of <c>android</c>'s members; null when the message says itself how long it lives.</summary>
    public required int? TtlAt { get; init; }

    /// <summary>Whether <c>android</c> has members that precede the time to live.</summary>
    public required bool AndroidHasMembers { get; init; }
}
