using Microsoft.AspNetCore.Connections;
using PushHost.Simulator.Http2;

namespace PushHost.Simulator.Hosting;

/// <summary>What requests know of the connection they came by.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Gate">Its gate; null over HTTP/1.1.</param>
/// <param name="State">What the gateway remembers of it.</param>
internal sealed record ConnectionFeature(ConnectionContext Connection, FrameGate? Gate, object? State)
{
    public void Reset()
    {
        if (Gate is { } gate)
            gate.ResetConnection();
        else
            FrameGate.ResetConnection(Connection);
    }
}
