namespace PushHost.Wire;

/// <summary>How large this operation's request body may be, instead of <see cref="WireOptions.MaxRequestBytes"/>.</summary>
/// <param name="bytes">Bytes as they arrive on the wire; -1 is no limit.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequestLimitAttribute(long bytes) : Attribute
{
    /// <summary>Bytes as they arrive on the wire; -1 is no limit.</summary>
    public long Bytes { get; } = bytes;
}
