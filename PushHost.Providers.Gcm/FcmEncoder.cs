using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>Makes FCM v1's message of the common one. README.md has the table.</summary>
internal static class FcmEncoder
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Firebase, REST reference "Message": the words are reserved for data, and Android's library drops keys with the prefixes.
    private static readonly MessageRules Rules = new(
        Objects: ["data", "notification", "android", "apns", "webpush", "fcm_options", "fcmOptions"],
        Targets: ["token", "topic", "condition", "fid"],
        IsReserved: key => key is "from" or "message_type"
            || key.StartsWith("google.", StringComparison.Ordinal)
            || key.StartsWith("gcm.", StringComparison.Ordinal),
        Reserved: "from, message_type and all that begin with google. or gcm.");

    /// <exception cref="PayloadTooLargeException">Its data and texts are above FCM's limit.</exception>
    /// <exception cref="MessageInvalidException">A member cannot be carried.</exception>
    public static FcmPayload Encode(PushMessage message) => MessageText.Reading("gcm.message", () => EncodeText(message));

    private static FcmPayload EncodeText(PushMessage message)
    {
        var members = Compose(message);
        // An Android phone gets android.data in place of data.
        var data = (members["android"] as JsonMembers)?["data"] is JsonElement { ValueKind: JsonValueKind.Object } own
            ? MessageData.Count(own)
            : MessageData.Count(members["data"] as JsonMembers);
        var counted = data + MessageData.CountTexts(members["notification"] as JsonMembers);
        return counted > FcmPayload.Limit ? throw new PayloadTooLargeException(counted, FcmPayload.Limit) : Write(members, counted);
    }

    private static JsonMembers Compose(PushMessage message)
    {
        var members = new JsonMembers();
        var android = new JsonMembers
        {
            ["collapse_key"] = message.CollapseId,
            ["priority"] = message.Silent || message.Priority == MessagePriority.Normal ? "NORMAL" : "HIGH",
        };
        if (!message.Silent)
        {
            Set(members, "notification", new JsonMembers { ["title"] = message.Title, ["body"] = message.Body, ["image"] = message.ImageUrl });
            Set(android, "notification", new JsonMembers
            {
                ["notification_count"] = message.Badge,
                ["sound"] = message.Sound,
                ["click_action"] = message.Category,
            });
        }
        members["data"] = MessageData.Read(message.Data, Rules) is { Count: > 0 } data ? data : null;
        members["android"] = android;
        MessageOverrides.Merge(message.Overrides, members, Rules);
        return members;
    }

    private static void Set(JsonMembers parent, string name, JsonMembers members)
    {
        if (members.Count > 0)
            parent[name] = members;
    }

    private static FcmPayload Write(JsonMembers members, int counted)
    {
        var android = members["android"] as JsonMembers;
        members["android"] = null;
        // Without android the message has no place of its own for a time to live, and one of its own needs no other.
        int? ttlAt = null;
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        writer.WriteStartObject();
        writer.WriteStartObject("message");
        writer.Flush();
        var targetAt = buffer.WrittenCount;
        members.WriteMembersTo(writer);
        if (android is not null)
        {
            writer.WriteStartObject("android");
            android.WriteMembersTo(writer);
            writer.Flush();
            ttlAt = android["ttl"] is null ? buffer.WrittenCount : null;
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return new FcmPayload
        {
            Body = buffer.WrittenMemory,
            CountedBytes = counted,
            LimitBytes = FcmPayload.Limit,
            TargetAt = targetAt,
            HasMembers = members.Count > 0 || android is not null,
            TtlAt = ttlAt,
            AndroidHasMembers = android is { Count: > 0 },
        };
    }
}
