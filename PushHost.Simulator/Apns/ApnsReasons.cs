using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace PushHost.Simulator.Apns;

/// <summary>The reasons of "Handling notification responses from APNs" (Apple Developer Documentation) with their statuses.</summary>
internal static class ApnsReasons
{
    public static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>
    {
        ["BadCollapseId"] = 400,
        ["BadDeviceToken"] = 400,
        ["BadExpirationDate"] = 400,
        ["BadMessageId"] = 400,
        ["BadPriority"] = 400,
        ["BadTopic"] = 400,
        ["DeviceTokenNotForTopic"] = 400,
        ["DuplicateHeaders"] = 400,
        ["IdleTimeout"] = 400,
        ["InvalidPushType"] = 400,
        ["MissingDeviceToken"] = 400,
        ["MissingTopic"] = 400,
        ["PayloadEmpty"] = 400,
        ["TopicDisallowed"] = 400,
        ["BadCertificate"] = 403,
        ["BadCertificateEnvironment"] = 403,
        ["ExpiredProviderToken"] = 403,
        ["Forbidden"] = 403,
        ["InvalidProviderToken"] = 403,
        ["MissingProviderToken"] = 403,
        ["UnrelatedKeyIdInToken"] = 403,
        ["BadEnvironmentKeyIdInToken"] = 403,
        ["BadEnvironmentKeyInToken"] = 403,
        ["BadPath"] = 404,
        ["MethodNotAllowed"] = 405,
        ["ExpiredToken"] = 410,
        ["Unregistered"] = 410,
        ["PayloadTooLarge"] = 413,
        ["TooManyProviderTokenUpdates"] = 429,
        ["TooManyRequests"] = 429,
        ["InternalServerError"] = 500,
        ["ServiceUnavailable"] = 503,
        ["Shutdown"] = 503,
        // Apple documents no reason for a body that is not JSON; this name is the simulator's own.
        ["BadPayload"] = 400,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, byte[]> Bodies = Statuses.Keys.ToFrozenDictionary(reason => reason, Encode);

    public static int StatusOf(string reason) => Statuses.TryGetValue(reason, out var status)
        ? status
        : throw new ArgumentException($"APNs has no reason '{reason}'.", nameof(reason));

    public static byte[] Body(string reason) => Bodies[reason];

    private static byte[] Encode(string reason) => Encoding.UTF8.GetBytes($"{{\"reason\":\"{JsonEncodedText.Encode(reason)}\"}}");
}
