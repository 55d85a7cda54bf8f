using System.Diagnostics.Metrics;

namespace PushHost.Providers.Http2;

/// <summary>What connections to gateways there are, as instruments of the meter <c>PushHost</c>. They are the process's own, not one host's, as plugins get no host.</summary>
internal static class TransportMetrics
{
    private static readonly Meter Meter = new("PushHost");

    private static readonly UpDownCounter<int> Connections = Meter.CreateUpDownCounter<int>(
        "pushhost.gateway.connections", null, "Connections that take requests.");

    private static readonly UpDownCounter<int> Streams = Meter.CreateUpDownCounter<int>(
        "pushhost.gateway.streams", null, "Requests that these may carry at once, by the gateway's own limit.");

    /// <summary>Tells how many more, or fewer, there are.</summary>
    public static void Change(Uri gateway, int connections, int streams)
    {
        var tag = new KeyValuePair<string, object?>("gateway", gateway.Authority);
        Connections.Add(connections, tag);
        Streams.Add(streams, tag);
    }
}
