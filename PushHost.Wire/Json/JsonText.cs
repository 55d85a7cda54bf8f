using System.Text.Unicode;

namespace PushHost.Wire;

/// <summary>Refuses what the JSON reader lets pass until somebody reads the text: bytes that aren't UTF-8 and halves of surrogate
/// pairs.</summary>
internal static class JsonText
{
    /// <exception cref="RequestException">400 <c>InvalidJson</c>.</exception>
    public static void Check(ReadOnlySpan<byte> json, string subject)
    {
        if (!Utf8.IsValid(json))
            throw RequestException.InvalidJson($"{subject} isn't UTF-8.");
        if (HasLoneSurrogate(json))
            throw RequestException.InvalidJson($@"{subject} has half of a surrogate pair, such as \ud83d without its other half.");
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is var escape && escape >= 0)
        {
            json = json[escape..];
            if (IsEscapeOf(json, 'c', 'f'))
                return true;
            if (IsEscapeOf(json, '8', 'b'))
            {
                if (!IsEscapeOf(json[6..], 'c', 'f'))
                    return true;
                json = json[12..];
            }
            else
            {
                json = json[Math.Min(2, json.Length)..];
            }
        }
        return false;
    }

    // \uDxyz with x within the range: d8 to db is a first half, dc to df a second.
    private static bool IsEscapeOf(ReadOnlySpan<byte> json, char from, char to) =>
        json is [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', var third, _, _, ..] && (third | 0x20) >= from && (third | 0x20) <= to;
}
