using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Drops the <c>__type</c> members that ServiceStack.Text writes, at any depth.</summary>
internal static class TypeMarks
{
    public static bool MayBeIn(ReadOnlySpan<byte> json) => json.IndexOf("\"__type\""u8) >= 0;

    /// <summary>The same JSON without them; numbers keep their spelling.</summary>
    public static byte[] Drop(ReadOnlySpan<byte> json)
    {
        using var kept = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(kept,
            new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var reader = new Utf8JsonReader(json, new() { MaxDepth = WireJson.MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("__type"u8))
                    reader.Skip();
                else
                    Copy(ref reader, writer);
            }
        }
        return kept.ToArray();
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }
}
