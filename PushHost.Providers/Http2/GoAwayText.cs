using System.Text;
using System.Text.Json;

namespace PushHost.Providers.Http2;

/// <summary>Why a gateway said goodbye: APNs sends JSON with a member <c>reason</c>
/// (Apple, "Sending notification requests to APNs"), others plain text.</summary>
internal static class GoAwayText
{
    private const int MostCharacters = 100;

    /// <summary>A short printable text; null when nothing was said.</summary>
    public static string? Read(ReadOnlySpan<byte> debugData) =>
        debugData.IsEmpty ? null : Printable(JsonReason(debugData) ?? Encoding.UTF8.GetString(debugData));

    private static string? JsonReason(ReadOnlySpan<byte> debugData)
    {
        try
        {
            var reader = new Utf8JsonReader(debugData);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } json
                && json.TryGetProperty("reason", out var reason)
                && reason.ValueKind == JsonValueKind.String
                    ? reason.GetString()
                    : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(MostCharacters).Select(character => character is >= ' ' and <= '~' ? character : '?'));
}
