using System.Collections.Concurrent;
using PushHost.ServiceInterface.Providers;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>The flow of each gateway.</summary>
internal sealed class GatewayFlows(DeliverySettings settings, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<Gateway, GatewayFlow> _flows = new();

    public GatewayFlow Of(Gateway gateway) => _flows.GetOrAdd(gateway, _ => new GatewayFlow(settings.MaxInFlight, time));

    public void Dispose()
    {
        foreach (var flow in _flows.Values)
            flow.Dispose();
    }
}
