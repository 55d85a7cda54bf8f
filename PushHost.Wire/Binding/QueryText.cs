using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace PushHost.Wire;

/// <summary>Walks through a query string as it came. Unlike the framework's collection it tells <c>key</c> (null) from <c>key=</c>
/// (""), and what isn't percent-encoded UTF-8 from what is.</summary>
internal ref struct QueryText(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query.StartsWith("?") ? query[1..] : query;

    public string Key { get; private set; } = "";

    /// <summary>The decoded value; null for a key without <c>=</c>.</summary>
    public string? Value { get; private set; }

    /// <summary>Whether key or value cannot be decoded; the key is then as it came, and the value null.</summary>
    public bool IsMalformed { get; private set; }

    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            var pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf('=');
            var key = Decode(equals < 0 ? pair : pair[..equals]);
            Value = equals < 0 ? null : Decode(pair[(equals + 1)..]);
            IsMalformed = key is null || (Value is null && equals >= 0);
            Key = key ?? pair[..(equals < 0 ? pair.Length : equals)].ToString();
            return true;
        }
        return false;
    }

    private static string? Decode(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('%', '+'))
            return text.ToString();
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(text, bytes);
            return Unescape(bytes.AsSpan(0, length)) is var count && count >= 0 && Utf8.IsValid(bytes.AsSpan(0, count))
                ? Encoding.UTF8.GetString(bytes.AsSpan(0, count))
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // In place, since it only gets shorter; -1 for a percent sign without two digits.
    private static int Unescape(Span<byte> text)
    {
        var written = 0;
        for (var read = 0; read < text.Length; read++)
        {
            var value = text[read] == '+' ? (byte)' ' : text[read];
            if (value == '%')
            {
                if (read + 2 >= text.Length || !byte.TryParse(text.Slice(read + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
                    return -1;
                read += 2;
            }
            text[written++] = value;
        }
        return written;
    }
}
