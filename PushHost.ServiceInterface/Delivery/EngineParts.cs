using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>What the engine's parts share.</summary>
internal sealed record EngineParts(
    Database Database, DatabaseWriter Writer, PushProviders Providers, GatewayFlows Flows, Jobs Jobs, Completions Completions,
    DeliverySettings Settings, TimeProvider Time, ILogger Logger);
