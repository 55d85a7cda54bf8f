using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PushHost.Providers.Http2;

/// <summary>Where a gateway is and how to connect to it.</summary>
public sealed record GatewayEndpoint
{
    /// <summary>Scheme, host and port.</summary>
    public required Uri Address { get; init; }

    /// <summary>The certificate we show; null for none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Certificates trusted for this gateway beside the system's.</summary>
    public X509Certificate2Collection TrustedCertificates { get; init; } = [];

    /// <summary>Whether an address that the name resolved to may be connected to (<see cref="ProviderServices.MayConnectTo"/>); null allows all.</summary>
    public Func<IPAddress, bool>? MayConnectTo { get; init; }

    /// <summary>Told how many requests the connections carry at once, whenever that changes (<see cref="ProviderServices.CapacityChanged"/>);
    /// called in turn and to return at once.</summary>
    public Action<int>? CapacityChanged { get; init; }

    /// <summary>How many requests a new connection may carry until the first was answered well; null follows the gateway's limit from the start.</summary>
    public int? StreamsBeforeFirstSuccess { get; init; }

    /// <summary>The most connections to hold open.</summary>
    public int MaxConnections { get; init; } = 4;

    /// <summary>The most requests on one connection, whatever the gateway allows.</summary>
    public int MaxStreamsPerConnection { get; init; } = 1000;

    /// <summary>How long a connection may take to open.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After how long without frames a PING asks whether the connection still lives.</summary>
    public TimeSpan KeepAlivePingDelay { get; init; } = TimeSpan.FromMinutes(1);
}
