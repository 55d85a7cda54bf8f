using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushHost.Providers.Apns;

/// <summary>Makes payload and headers of a message. Payload keys: Apple, "Generating a remote notification".</summary>
/// <param name="bundleId">The app.</param>
/// <param name="hasKey">Whether a key signs, rather than a certificate being shown.</param>
internal sealed class ApnsEncoder(string bundleId, bool hasKey)
{
    public ApnsPayload Encode(PushMessage message)
    {
        var overrides = ApnsOverrides.Read(message.Overrides);
        var type = PushType.Named(overrides.PushType ?? (message.Silent ? PushType.Background : PushType.Alert));
        var aps = MakeAps(message, type, overrides);
        CheckType(type, aps);
        var body = CompactJson.Write(MakeRoot(message, aps, overrides));
        if (body.Length > type.LimitBytes)
            throw new PayloadTooLargeException(body.Length, type.LimitBytes);

        var topic = overrides.Header(ApnsHeader.Topic) ?? bundleId + type.TopicSuffix;
        var priority = ApnsHeaderRules.Priority(message, type, overrides);
        var collapseId = ApnsHeaderRules.CollapseId(message, overrides);
        var expiration = ApnsHeaderRules.Expiration(overrides);
        return new ApnsPayload
        {
            Body = body,
            CountedBytes = body.Length,
            LimitBytes = type.LimitBytes,
            Kind = type.Name == PushType.LiveActivity && IsStart(aps) ? "pushToStart" : type.Kind,
            Headers = Headers(type.Name, topic, priority, collapseId, expiration),
            PushType = type.Name,
            Topic = topic,
            Priority = priority,
            CollapseId = collapseId,
            Expiration = expiration,
            // A call is over when its moment is (Apple, "Sending notification requests to APNs", pushtotalk).
            DefaultExpiration = type.Name == PushType.PushToTalk ? "0" : null,
            IsOwnTopic = topic == bundleId,
            NamesOtherTopic = topic != bundleId + type.TopicSuffix,
        };
    }

    private static JsonObject MakeAps(PushMessage message, PushType type, ApnsOverrides overrides)
    {
        var aps = new JsonObject();
        if (MakeAlert(message, overrides) is { } alert)
            aps["alert"] = alert;
        if (message.Badge is { } badge)
            aps["badge"] = badge;
        Add(aps, "sound", message.Sound);
        if (message.Silent || type.Name == PushType.Background)
            aps["content-available"] = 1;
        // These say how to show a message, and a background push shows none and must have nothing else in aps.
        if (type.Name != PushType.Background)
        {
            Add(aps, "category", message.Category);
            Add(aps, "thread-id", message.ThreadId);
            if (message.MutableContent || message.ImageUrl is not null)
                aps["mutable-content"] = 1;
        }
        if (overrides.Aps is { } theirs)
            JsonMerge.Into(aps, theirs, "apns.aps");
        return aps;
    }

    private static JsonNode? MakeAlert(PushMessage message, ApnsOverrides overrides)
    {
        // An override that adds to the alert needs an object to add to.
        var isObject = message.Title is not null || message.Subtitle is not null
            || (overrides.Aps is { } aps && JsonMerge.Members(aps, "apns.aps").Any(member => member is ("alert", { ValueKind: JsonValueKind.Object })));
        if (!isObject)
            return message.Body is null ? null : JsonValue.Create(message.Body);
        var alert = new JsonObject();
        Add(alert, "title", message.Title);
        Add(alert, "subtitle", message.Subtitle);
        Add(alert, "body", message.Body);
        return alert;
    }

    private static JsonObject MakeRoot(PushMessage message, JsonObject aps, ApnsOverrides overrides)
    {
        var root = new JsonObject { ["aps"] = aps };
        Add(root, "imageUrl", message.ImageUrl);
        if (message.Data is { ValueKind: not JsonValueKind.Null } data)
            AddCustom(root, data, "data", "is APNs' own member, and cannot be data");
        if (overrides.Payload is { } payload)
            AddCustom(root, payload, "apns.payload", "is given as apns.aps");
        // Some push types have a body of their own, without aps (mdm, fileprovider).
        if (aps.Count == 0 && root.Count > 1)
            root.Remove("aps");
        return root;
    }

    private static void AddCustom(JsonObject root, JsonElement members, string field, string apsMessage)
    {
        if (JsonMerge.Members(members, field).Any(member => member.Name == "aps"))
            throw new MessageInvalidException($"{field}.aps", apsMessage);
        JsonMerge.Into(root, members, field);
    }

    private void CheckType(PushType type, JsonObject aps)
    {
        if (type.Name == PushType.Background && aps.Select(member => member.Key).FirstOrDefault(key => key != "content-available") is { } other)
            throw new MessageInvalidException($"apns.aps.{other}", "cannot be in a background push, whose aps holds content-available alone");
        if (type.Name == PushType.LiveActivity && aps["event"] is null)
            throw new MessageInvalidException("apns.aps.event", "is missing: a push to a live activity says start, update or end");
        if (type.Name == PushType.Location && !hasKey)
            throw new MessageInvalidException("apns.pushType", "is location, which APNs takes with token authentication (KeyFile) only");
    }

    private static bool IsStart(JsonObject aps) =>
        aps["event"] is JsonValue value && value.TryGetValue<string>(out var text) && text == "start";

    private static void Add(JsonObject target, string name, string? text)
    {
        if (text is not null)
            target[name] = text;
    }

    private static List<KeyValuePair<string, string>> Headers(string type, string topic, string priority, string? collapseId, string? expiration)
    {
        List<KeyValuePair<string, string>> headers =
            [new(ApnsHeader.PushType, type), new(ApnsHeader.Topic, topic), new(ApnsHeader.Priority, priority)];
        if (collapseId is not null)
            headers.Add(new(ApnsHeader.CollapseId, collapseId));
        if (expiration is not null)
            headers.Add(new(ApnsHeader.Expiration, expiration));
        return headers;
    }
}
