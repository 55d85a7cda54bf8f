using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace PushHost.Simulator.Apns;

/// <summary>The rules of "Sending notification requests to APNs" (Apple Developer Documentation), in the order in which pushy's
/// test server checks them; Apple doesn't document an order.</summary>
internal sealed class ApnsRequestRules
{
    private const string DevicePath = "/3/device/";
    private const int MaxCollapseIdBytes = 64;
    private const int MaxTokenLength = 512;

    private static readonly string[] SingleHeaders =
        ["apns-id", "apns-topic", "apns-push-type", "apns-priority", "apns-expiration", "apns-collapse-id", "authorization"];
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> LowerHexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string _bundleId;
    private readonly FrozenDictionary<string, PushType?> _topics;

    public ApnsRequestRules(string bundleId, IEnumerable<string> otherBundleIds)
    {
        _bundleId = bundleId;
        var topics = new Dictionary<string, PushType?>();
        foreach (var id in otherBundleIds.Prepend(bundleId))
        {
            foreach (var type in PushTypes.All)
                topics[id + type.TopicSuffix] = type.TopicSuffix.Length == 0 ? null : type;
        }
        _topics = topics.ToFrozenDictionary();
    }

    /// <summary>Checks all but authentication and body.</summary>
    /// <returns>APNs' reason for refusing; null if nothing is wrong.</returns>
    public string? Check(HttpRequest request, ApnsConnection connection, out PushType type, out string token)
    {
        type = PushTypes.Unstated;
        token = "";
        var headers = request.Headers;
        foreach (var name in SingleHeaders)
        {
            if (headers[name].Count > 1)
                return "DuplicateHeaders";
        }
        if (headers["apns-id"] is { Count: 1 } id && !IsCanonicalUuid(id[0]))
            return "BadMessageId";
        if (!HttpMethods.IsPost(request.Method))
            return "MethodNotAllowed";
        var topic = (string?)headers["apns-topic"];
        if (string.IsNullOrEmpty(topic))
        {
            if (connection.Certificate != ClientCertificateState.Good)
                return "MissingTopic";
            topic = _bundleId;
        }
        if (headers["apns-collapse-id"] is { Count: 1 } collapseId && Encoding.UTF8.GetByteCount(collapseId[0]!) > MaxCollapseIdBytes)
            return "BadCollapseId";
        return CheckPriorityAndType(headers, connection, ref type)
            ?? CheckExpiration(headers["apns-expiration"])
            ?? CheckToken(request.Path.Value!, out token)
            ?? CheckTopic(topic, type);
    }

    /// <summary>Checks the body against its push type.</summary>
    /// <returns>APNs' reason for refusing; null if nothing is wrong.</returns>
    public static string? CheckPayload(ApnsPayload payload, PushType type)
    {
        if (!payload.IsValid)
            return "BadPayload";
        // Apple: a push type that does not match the payload may give an error; it names none.
        if (type == PushTypes.Background && !payload.IsBackground)
            return "InvalidPushType";
        if (type == PushTypes.Mdm && (!payload.HasMdm || payload.HasAps))
            return "InvalidPushType";
        return null;
    }

    private static string? CheckPriorityAndType(IHeaderDictionary headers, ApnsConnection connection, ref PushType type)
    {
        var priority = headers["apns-priority"] is { Count: 1 } stated ? stated[0] : "10";
        if (priority is not ("1" or "5" or "10"))
            return "BadPriority";
        if (headers["apns-push-type"] is not { Count: 1 } name)
            return null;
        if (!PushTypes.TryGet(name[0]!, out var known))
            return "InvalidPushType";
        type = known!;
        if (type == PushTypes.Background && priority != "5")
            return "BadPriority";
        return type.TokenOnly && connection.Certificate == ClientCertificateState.Good ? "TopicDisallowed" : null;
    }

    private static string? CheckExpiration(StringValues expiration) =>
        expiration.Count == 0 || (long.TryParse(expiration[0], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? null
            : "BadExpirationDate";

    private static string? CheckToken(string path, out string token)
    {
        token = "";
        if (!path.StartsWith(DevicePath, StringComparison.Ordinal))
            return path is "/3/device" ? "MissingDeviceToken" : "BadPath";
        token = path[DevicePath.Length..];
        if (token.Length == 0)
            return "MissingDeviceToken";
        if (token.Contains('/', StringComparison.Ordinal))
            return "BadPath";
        return token.Length % 2 != 0 || token.Length > MaxTokenLength || token.AsSpan().ContainsAnyExcept(HexDigits) ? "BadDeviceToken" : null;
    }

    private string? CheckTopic(string topic, PushType type)
    {
        // The topic of device management is in the certificate, of Apple's own form, and no bundle ID.
        if (type == PushTypes.Mdm)
            return topic.StartsWith("com.apple.mgmt.", StringComparison.Ordinal) ? null : "BadTopic";
        if (!_topics.TryGetValue(topic, out var owner))
            return "TopicDisallowed";
        if (type == PushTypes.Unstated)
            return null;
        return owner is null ? (type.TopicSuffix.Length == 0 ? null : "BadTopic") : (owner == type ? null : "BadTopic");
    }

    private static bool IsCanonicalUuid(string? id)
    {
        if (id is not { Length: 36 })
            return false;
        var text = id.AsSpan();
        return text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
            && !text[..8].ContainsAnyExcept(LowerHexDigits)
            && !text[9..13].ContainsAnyExcept(LowerHexDigits)
            && !text[14..18].ContainsAnyExcept(LowerHexDigits)
            && !text[19..23].ContainsAnyExcept(LowerHexDigits)
            && !text[24..].ContainsAnyExcept(LowerHexDigits);
    }
}
