namespace PushHost.ServiceModel;

/// <summary>Doing it twice is the same as doing it once, though it is a POST: a client may repeat it when no answer came.</summary>
/// <remarks>Sends don't carry it: their idempotency key makes them repeatable.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RepeatableAttribute : Attribute
{
}
