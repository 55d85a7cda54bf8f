namespace PushHost.Providers.Http2;

/// <summary>A request body that says whether it left. Providers that finish a body for each recipient derive from it.</summary>
public abstract class GatewayContent : HttpContent
{
    /// <summary>Whether the body was written, in whole or in part. While it is not, no gateway can have processed the request.
    /// Whoever writes it sets this first.</summary>
    public bool WasWritten { get; protected internal set; }
}
