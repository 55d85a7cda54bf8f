using System.Collections.Concurrent;
using PushHost.ServiceInterface.Delivery.Hosts;
using PushHost.ServiceInterface.Providers;

namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>The flow of each lane to each gateway.</summary>
internal sealed class GatewayFlows(DeliverySettings settings, PushProviders providers, HostPresence hosts, TimeProvider time)
{
    private const int First = 16;

    // Tokens that are tried elsewhere are no live traffic: one after the other, and never many.
    private const int FirstTrial = 1;
    private const int MostTrials = 10;

    private static readonly DeliveryLane[] Lanes = Enum.GetValues<DeliveryLane>();

    private readonly ConcurrentDictionary<Gateway, Lazy<Dictionary<DeliveryLane, LaneFlow>>> _flows = new();

    private readonly LaneFlow _nowhere = new(new GatewayHealth(time), new ConcurrencyLimit(settings.MaxInFlight, settings.MaxInFlight), null, false, time);

    /// <summary>Rung when a lane wants more recipients.</summary>
    public Action RunsLow { get; set; } = () => { };

    public IEnumerable<KeyValuePair<Gateway, IReadOnlyDictionary<DeliveryLane, LaneFlow>>> All =>
        _flows.Select(flow => KeyValuePair.Create(flow.Key, (IReadOnlyDictionary<DeliveryLane, LaneFlow>)flow.Value.Value));

    /// <summary>The flow that a queue's batches go through; one of its own where there is no credential, since they end all the same.</summary>
    public LaneFlow Of(QueueKey queue) =>
        providers.For(queue.App, queue.Provider, queue.Environment.Length == 0 ? null : queue.Environment) is { } gateway ? Of(gateway, queue.Lane) : _nowhere;

    public LaneFlow Of(Gateway gateway, DeliveryLane lane) => LanesOf(gateway)[lane];

    /// <summary>Tells all lanes of a gateway that its health changed.</summary>
    public void HealthChanged(Gateway gateway)
    {
        foreach (var flow in LanesOf(gateway).Values)
            flow.HealthChanged();
    }

    private Dictionary<DeliveryLane, LaneFlow> LanesOf(Gateway gateway) =>
        _flows.GetOrAdd(gateway, _ => new Lazy<Dictionary<DeliveryLane, LaneFlow>>(() => Make(gateway))).Value;

    private Dictionary<DeliveryLane, LaneFlow> Make(Gateway gateway)
    {
        var health = new GatewayHealth(time);
        var ceiling = gateway.MaxPerMinute is { } perMinute ? new RateCeiling(perMinute, time, () => hosts.Count) : null;
        var flows = Lanes.ToDictionary(lane => lane, lane => new LaneFlow(health, LimitOf(lane), ceiling, lane == DeliveryLane.Transactional, time)
        {
            RunsLow = () => RunsLow(),
        });
        gateway.OnCapacity((lane, requests) => flows[lane].SetCapacity(requests));
        return flows;
    }

    private ConcurrencyLimit LimitOf(DeliveryLane lane) => lane == DeliveryLane.Trial
        ? new ConcurrencyLimit(FirstTrial, MostTrials)
        : new ConcurrencyLimit(First, settings.MaxInFlight);
}
