using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushHost.Providers;

/// <summary>Writes JSON for gateways in as few bytes as can be: they count them. It is read by gateways and apps, never by a browser.</summary>
public static class CompactJson
{
    private const int EscapeLength = 6;
    private const int PairLength = 2 * EscapeLength;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The UTF-8 text of a JSON value.</summary>
    public static byte[] Write(JsonNode value)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            value.WriteTo(writer);
        return Unescape(buffer.WrittenSpan);
    }

    /// <summary>Writes as themselves the characters that even the relaxed encoder escapes, such as emoji: 4 bytes in place of 12.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf((byte)'\\') < 0)
            return json.ToArray();
        var result = new ArrayBufferWriter<byte>(json.Length);
        while (json.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            result.Write(json[..escape]);
            json = json[escape..];
            if (TryReadPair(json, out var character))
            {
                result.Advance(character.EncodeToUtf8(result.GetSpan(4)));
                json = json[PairLength..];
            }
            else
            {
                // A backslash and what it escapes, which may be another backslash.
                result.Write(json[..2]);
                json = json[2..];
            }
        }
        result.Write(json);
        return result.WrittenSpan.ToArray();
    }

    private static bool TryReadPair(ReadOnlySpan<byte> json, out Rune character)
    {
        character = default;
        return json.Length >= PairLength
            && TryReadEscape(json, out var high)
            && TryReadEscape(json[EscapeLength..], out var low)
            && Rune.TryCreate(high, low, out character);
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> json, out char character)
    {
        character = default;
        if (json[0] != '\\' || json[1] != 'u')
            return false;
        if (!ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        character = (char)value;
        return true;
    }
}
