using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>Makes the legacy protocol's message of the common one. README.md has the table.</summary>
internal static class LegacyEncoder
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Firebase, "Firebase Cloud Messaging HTTP protocol": InvalidDataKey.
    private static readonly MessageRules Rules = new(
        Objects: ["data", "notification"],
        Targets: ["to", "registration_ids", "registration_id", "condition", "notification_key"],
        IsReserved: key => key is "from" or "message_type"
            || key.StartsWith("google", StringComparison.Ordinal)
            || key.StartsWith("gcm", StringComparison.Ordinal),
        Reserved: "from, message_type and all that begin with google or gcm");

    /// <exception cref="PayloadTooLargeException">Its data and texts are above GCM's limit.</exception>
    /// <exception cref="MessageInvalidException">A member cannot be carried.</exception>
    public static LegacyPayload Encode(PushMessage message) => MessageText.Reading("gcm.message", () => EncodeText(message));

    private static LegacyPayload EncodeText(PushMessage message)
    {
        var members = new JsonMembers
        {
            ["collapse_key"] = message.CollapseId,
            ["priority"] = message.Silent || message.Priority == MessagePriority.Normal ? "normal" : "high",
        };
        var data = MessageData.Read(message.Data, Rules) ?? new JsonMembers();
        AddCommon(message, data);
        if (data.Count > 0)
            members["data"] = data;
        if (message.Title is not null)
            members["notification"] = new JsonMembers { ["title"] = message.Title, ["subtitle"] = message.Subtitle, ["body"] = message.Body };
        MessageOverrides.Merge(message.Overrides, members, Rules);

        var counted = MessageData.Count(members["data"] as JsonMembers) + MessageData.Count(members["notification"] as JsonMembers);
        return counted > LegacyPayload.Limit ? throw new PayloadTooLargeException(counted, LegacyPayload.Limit) : Write(members, counted);
    }

    private static void AddCommon(PushMessage message, JsonMembers data)
    {
        Add("message", message.Body);
        if (message.Silent)
            return;
        Add("badge", message.Badge?.ToString(CultureInfo.InvariantCulture));
        Add("sound", message.Sound);
        Add("imageUrl", message.ImageUrl);
        Add("category", message.Category);
        Add("threadId", message.ThreadId);

        void Add(string name, string? value)
        {
            if (value is null)
                return;
            if (data[name] is not null)
                throw new MessageInvalidException($"data.{name}", "is where legacy GCM carries the message's own member; give one of them another name or leave it out");
            data[name] = value;
        }
    }

    private static LegacyPayload Write(JsonMembers members, int counted)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        writer.WriteStartObject();
        members.WriteMembersTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new LegacyPayload
        {
            Body = buffer.WrittenMemory,
            CountedBytes = counted,
            LimitBytes = LegacyPayload.Limit,
            HasOwnTtl = members["time_to_live"] is not null,
        };
    }
}
