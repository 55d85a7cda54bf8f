using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers;

/// <summary>One credential at work: an app's provider for one environment.</summary>
/// <param name="App">The app.</param>
/// <param name="ProviderName">The provider's name.</param>
/// <param name="Environment">The environment; null where the gateway has only one.</param>
/// <param name="Provider">Delivers.</param>
internal sealed record Gateway(long App, string ProviderName, string? Environment, IPushProvider Provider)
{
    /// <summary>What logs call it.</summary>
    public string Name => Environment is null ? ProviderName : $"{ProviderName} {Environment}";
}
