namespace PushHost.Wire;

/// <summary>A request whose body is read by the operation itself, as it arrives, instead of being bound to members.</summary>
/// <remarks>Path and query still bind. Such a request cannot be sent in a batch.</remarks>
public interface IRequiresRequestStream
{
    /// <summary>The request's body.</summary>
    Stream? RequestStream { get; set; }
}
