using PushHost.Providers;

namespace PushHost.ServiceInterface.Host;

/// <summary>What an app that embeds PushHost decides in code; all else is in the settings below <c>PushHost</c>.</summary>
public sealed class PushHostOptions
{
    /// <summary>Gateways beside those of the plugin folder.</summary>
    public IList<IPushProviderFactory> Providers { get; } = [];

    /// <summary>Told the admin key that was made at the first start. It is not stored and not shown again; it is written to standard output unless set.</summary>
    public Action<string> AdminKeyMade { get; set; } = key =>
        Console.Out.WriteLine($"Admin key (shown once, keep it): {key}");
}
