using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Moments in lines: ISO 8601 with or without time, fraction and offset. Without an offset a time is UTC.</summary>
internal sealed class TimeText : JsonConverter<DateTimeOffset>
{
    public const string Expected = "a date and time such as 2026-01-02T03:04:05Z";

    public static bool TryParse(string? text, out DateTimeOffset value)
    {
        value = default;
        // The parser would take a time of day, or a date in the American order, and put in what is missing.
        return text is { Length: >= 10 } && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}
