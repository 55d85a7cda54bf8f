using System.Net;
using Microsoft.Extensions.Logging;

namespace PushHost.Providers;

/// <summary>What the host lends to a provider.</summary>
public sealed class ProviderServices
{
    /// <summary>The clock; tests turn it.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where loggers come from. Log our ids, never tokens or payloads.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>To be told how many requests the provider's connections carry at once, whenever that changes; null where nobody asks. The engine then lets
    /// little more than that begin. A provider that never tells is held by the engine's own limit alone.</summary>
    public Action<int>? CapacityChanged { get; init; }

    /// <summary>The tokens that all hosts use together; null where this host is the only one.</summary>
    public ISharedTokens? SharedTokens { get; init; }

    /// <summary>Whether this credential's provider may connect to an address that a name resolved to; null allows all. A credential that came through
    /// the API may not reach private or loopback addresses, wherever it names a host: a provider asks for every connection it opens.</summary>
    public Func<IPAddress, bool>? MayConnectTo { get; init; }
}
