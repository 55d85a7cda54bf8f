using Microsoft.Extensions.Logging;

namespace PushHost.Providers;

/// <summary>What the host lends to a provider.</summary>
public sealed class ProviderServices
{
    /// <summary>The clock; tests turn it.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where loggers come from. Log our ids, never tokens or payloads.</summary>
    public required ILoggerFactory Loggers { get; init; }
}
