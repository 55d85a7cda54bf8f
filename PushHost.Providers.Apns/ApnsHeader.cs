namespace PushHost.Providers.Apns;

/// <summary>The request headers of APNs (Apple, "Sending notification requests to APNs").</summary>
internal static class ApnsHeader
{
    public const string CollapseId = "apns-collapse-id";
    public const string Expiration = "apns-expiration";
    public const string Id = "apns-id";
    public const string Priority = "apns-priority";
    public const string PushType = "apns-push-type";
    public const string Topic = "apns-topic";
}
