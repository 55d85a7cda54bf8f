namespace PushHost.Wire;

/// <summary>Walks through a query string as it came. Unlike the framework's collection it tells <c>key</c> (null) from <c>key=</c>
/// ("").</summary>
internal ref struct QueryText(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query.StartsWith("?") ? query[1..] : query;

    public string Key { get; private set; } = "";

    /// <summary>The decoded value; null for a key without <c>=</c>.</summary>
    public string? Value { get; private set; }

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
            Key = Decode(equals < 0 ? pair : pair[..equals]);
            Value = equals < 0 ? null : Decode(pair[(equals + 1)..]);
            return true;
        }
        return false;
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
