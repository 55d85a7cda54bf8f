using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>The body of one legacy request: the registrations, the shared message, what is left of the time to live.</summary>
internal static class LegacyBody
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Compose(LegacyPayload payload, IReadOnlyList<Recipient> recipients, int first, int count, long? ttlSeconds, bool dryRun)
    {
        var message = payload.Body.Span;
        var buffer = new ArrayBufferWriter<byte>(message.Length + (count * 180) + 64);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        writer.WriteStartObject();
        writer.WriteStartArray("registration_ids"u8);
        for (var index = first; index < first + count; index++)
            writer.WriteStringValue(recipients[index].Target.Value);
        writer.WriteEndArray();
        if (ttlSeconds is { } ttl && !payload.HasOwnTtl)
            writer.WriteNumber("time_to_live"u8, ttl);
        if (dryRun)
            writer.WriteBoolean("dry_run"u8, true);
        writer.Flush();
        // The message is an object of its own: without its braces it is the rest of this one.
        if (message.Length > 2)
        {
            buffer.Write(","u8);
            buffer.Write(message[1..^1]);
        }
        buffer.Write("}"u8);
        return buffer.WrittenMemory;
    }
}
