namespace PushHost.Providers;

/// <summary>A payload made once for all recipients that read the same. Immutable. Providers derive from it to keep what else they made once,
/// such as header values.</summary>
public class EncodedPayload
{
    /// <summary>The bytes for the gateway, as far as they are the same for all recipients.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How many bytes count against <see cref="LimitBytes"/>.</summary>
    public required int CountedBytes { get; init; }

    /// <summary>How many bytes the gateway takes.</summary>
    public required int LimitBytes { get; init; }

    /// <summary>Which of an installation's tokens this message goes to, such as <c>alert</c> or <c>voip</c>.</summary>
    public string Kind { get; init; } = "alert";

    /// <summary>What goes beside the body, as far as it is the same for all recipients: for previews and logs.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
