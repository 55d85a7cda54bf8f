using PushHost.Providers;
using PushHost.ServiceInterface.Delivery;

namespace PushHost.ServiceInterface.Providers;

/// <summary>One credential at work: an app's provider for one environment. Every lane has a provider of its own, and with it connections of its own,
/// so that a one-to-one message never waits for a stream behind a campaign. Safe for concurrent use.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly Dictionary<DeliveryLane, Lazy<IPushProvider>> _providers;
    private Action<DeliveryLane, int>? _capacityChanged;

    /// <param name="app">The app.</param>
    /// <param name="providerName">The provider's name.</param>
    /// <param name="environment">The environment; null where the gateway has only one.</param>
    /// <param name="make">Makes a provider, which tells the action how many requests its connections carry.</param>
    public Gateway(long app, string providerName, string? environment, Func<Action<int>, IPushProvider> make)
    {
        App = app;
        ProviderName = providerName;
        Environment = environment;
        _providers = Enum.GetValues<DeliveryLane>().ToDictionary(
            lane => lane, lane => new Lazy<IPushProvider>(() => make(requests => _capacityChanged?.Invoke(lane, requests))));
    }

    public long App { get; }

    public string ProviderName { get; }

    public string? Environment { get; }

    /// <summary>The most messages a minute over all lanes; null for no ceiling.</summary>
    public int? MaxPerMinute { get; init; }

    /// <summary>What logs call it.</summary>
    public string Name => Environment is null ? ProviderName : $"{ProviderName} {Environment}";

    /// <summary>The provider that delivers a lane.</summary>
    public IPushProvider For(DeliveryLane lane) => _providers[lane].Value;

    /// <summary>Makes a payload. It is the same for all lanes.</summary>
    /// <exception cref="PayloadTooLargeException">More bytes than the gateway takes.</exception>
    /// <exception cref="MessageInvalidException">The message says something this gateway cannot carry.</exception>
    public EncodedPayload Encode(Rendering rendering) => For(DeliveryLane.Transactional).Encode(rendering);

    /// <summary>Who hears how many requests a lane's connections carry, before anything is delivered.</summary>
    public void OnCapacity(Action<DeliveryLane, int> changed) => _capacityChanged = changed;

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers.Values.Where(provider => provider.IsValueCreated))
            await provider.Value.DisposeAsync();
    }
}
