#pragma warning disable CA1032, CA1064 // Never leaves the acceptor.
namespace PushHost.ServiceInterface.Notifications;

/// <summary>An idempotency key was taken by another host in the same moment: what was about to be stored under it must be undone.</summary>
internal sealed class KeyTakenException() : Exception("the idempotency key was taken in the same moment");
