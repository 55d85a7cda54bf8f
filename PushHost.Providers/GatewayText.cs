using System.Text;

namespace PushHost.Providers;

/// <summary>Makes a text harmless that a gateway, or whatever answers in its place, chose: it is stored, logged and shown.</summary>
internal static class GatewayText
{
    private const int MostCharacters = 200;

    /// <returns>The text; at most 200 characters of it, with <c>?</c> for control characters and halves of surrogate pairs, of which PostgreSQL takes
    /// neither U+0000 nor the halves, and logs no line breaks.</returns>
    public static string? Of(string? text)
    {
        if (text is null)
            return null;
        if (text.Length > MostCharacters)
            text = text[..MostCharacters];
        return text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Harmless(text) : text;
    }

    private static string Harmless(string text) => string.Concat(text.EnumerateRunes().Select(
        rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value is 0x2028 or 0x2029 ? "?" : rune.ToString()));
}
