namespace PushHost.Providers.Gcm;

/// <summary>A legacy message, made once: every request puts its registrations in front and what is left of the time to live behind.</summary>
internal sealed class LegacyPayload : EncodedPayload
{
    /// <summary>How many bytes of data and texts GCM takes (Google, "GCM HTTP Connection Server").</summary>
    public const int Limit = 4096;

    /// <summary>Whether the message says itself how long it lives.</summary>
    public required bool HasOwnTtl { get; init; }
}
