using System.Text.Json;

namespace PushHost.Simulator.Apns;

/// <summary>A payload with what the push-type rules ask of it.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="IsValid">A JSON object whose <c>aps</c>, if any, is an object.</param>
/// <param name="HasAps">It has <c>aps</c>.</param>
/// <param name="IsBackground">Its <c>aps</c> is exactly <c>content-available: 1</c>.</param>
/// <param name="HasMdm">It has the string <c>mdm</c>.</param>
internal sealed record ApnsPayload(byte[] Body, bool IsValid, bool HasAps, bool IsBackground, bool HasMdm)
{
    public static readonly ApnsPayload Empty = new([], false, false, false, false);

    public static ApnsPayload Read(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return Read(body, ref reader);
        }
        catch (JsonException)
        {
            return Empty with { Body = body };
        }
    }

    private static ApnsPayload Read(byte[] body, ref Utf8JsonReader reader)
    {
        reader.Read();
        var valid = reader.TokenType == JsonTokenType.StartObject;
        bool hasAps = false, isBackground = false, hasMdm = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            if (reader.ValueTextEquals("aps"u8))
            {
                reader.Read();
                hasAps = true;
                valid &= reader.TokenType == JsonTokenType.StartObject;
                isBackground = valid && IsBackgroundAps(ref reader);
            }
            else if (reader.ValueTextEquals("mdm"u8))
            {
                reader.Read();
                hasMdm = reader.TokenType == JsonTokenType.String;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }
        return new ApnsPayload(body, valid, hasAps, isBackground, hasMdm);
    }

    private static bool IsBackgroundAps(ref Utf8JsonReader reader)
    {
        var available = false;
        var others = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAvailable = reader.ValueTextEquals("content-available"u8);
            reader.Read();
            available |= isAvailable && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number == 1;
            others |= !isAvailable;
            reader.Skip();
        }
        return available && !others;
    }
}
