namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Finds where a record of CSV ends, and writes fields.</summary>
internal static class CsvRecord
{
    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>The length of the first record with its line break; null when its end isn't there.</summary>
    public static int? End(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            // Only a quote at the start of a field opens it; elsewhere it is a character.
            if (text[at] == '"' && !PassQuotes(text, ref at))
                return null;
            var next = text[at..].IndexOfAny((byte)',', (byte)'\n');
            if (next < 0)
                return null;
            at += next + 1;
            if (text[at - 1] == '\n')
                return at;
        }
        return null;
    }

    /// <summary>A field as it stands in a record: in quotes where it must be.</summary>
    public static string Field(string value) =>
        value.AsSpan().ContainsAny(Quoted) || value is [' ', ..] or [.., ' '] ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    private static bool PassQuotes(ReadOnlySpan<byte> text, ref int at)
    {
        at++;
        while (text[at..].IndexOf((byte)'"') is var quote and >= 0)
        {
            at += quote + 1;
            if (at == text.Length || text[at] != '"')
                return true;
            at++;
        }
        return false;
    }
}
