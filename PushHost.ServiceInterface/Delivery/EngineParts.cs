using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Delivery.Hosts;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Metrics;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>What the engine's parts share.</summary>
internal sealed record EngineParts(
    Database Database, DatabaseWriter Writer, PushProviders Providers, GatewayFlows Flows, Jobs Jobs, Completions Completions, Alarms Alarms,
    HeldVerdictAlarm HeldVerdicts, HostPresence Hosts, HostChannel Channel,
    DeliverySettings Settings, TimeProvider Time, PushHostMeter Meter, ILogger Logger);
