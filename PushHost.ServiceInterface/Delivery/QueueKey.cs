namespace PushHost.ServiceInterface.Delivery;

/// <summary>A queue of batches: what one lane of one app has for one gateway. Each is claimed from, and slowed down, by itself,
/// so that none waits behind another.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="App">The app.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Environment">The devices' environment; empty where they name none.</param>
internal readonly record struct QueueKey(DeliveryLane Lane, long App, string Provider, string Environment);
