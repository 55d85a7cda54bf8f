namespace PushHost.Providers.Http2;

/// <summary>A request that remembers which connection carried it, so that <see cref="IGatewayTransport.Retire"/> can find it.</summary>
public sealed class GatewayRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address)
{
    internal GatewayConnection? Connection { get; set; }
}
