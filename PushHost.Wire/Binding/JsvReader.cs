using System.Collections;

namespace PushHost.Wire;

/// <summary>Reads JSV, the text format of ServiceStack's query strings, guided by the type that is wanted: <c>x,"y,z"</c> is a list,
/// <c>{Title:"t,1",Badge:2}</c> an object. A quote inside quotes is doubled; what holds none of <c>, : { } [ ] "</c> needs none.</summary>
internal ref struct JsvReader
{
    private readonly JsvFaults _faults;
    private ReadOnlySpan<char> _rest;
    private int _depth;

    public JsvReader(ReadOnlySpan<char> text, JsvFaults faults)
    {
        _rest = text;
        _faults = faults;
    }

    public static object? Parse(ReadOnlySpan<char> text, TypeShape shape, string path) =>
        shape.Scalar!.TryParse(text, out var value) ? value : throw new JsvException(path, $"must be {shape.Expected}");

    public object? ReadValue(TypeShape shape, string path, ReadOnlySpan<char> ends)
    {
        if (++_depth > WireJson.MaxDepth)
            throw new JsvException(path, $"must not nest deeper than {WireJson.MaxDepth} levels");
        object? value;
        switch (shape.Kind)
        {
            case ShapeKind.Scalar:
                value = ReadScalar(shape, path, ends);
                break;
            case ShapeKind.List:
                var entries = new ArrayList();
                ReadBracketed(entries, shape, path);
                value = shape.MakeList(entries);
                break;
            case ShapeKind.Dictionary:
                value = ReadDictionary(shape, path);
                break;
            case ShapeKind.Object:
                value = ReadObject(shape, path);
                break;
            default:
                value = JsvFreeReader.ToJson(ref this, path, ends);
                break;
        }
        _depth--;
        return value;
    }

    private object? ReadScalar(TypeShape shape, string path, ReadOnlySpan<char> ends)
    {
        var quoted = Peek('"');
        var text = ReadText(path, ends);
        return text.Length == 0 && !quoted && shape.TakesNull && !shape.HasEmptyText ? null : Parse(text, shape, path);
    }

    public void ReadBracketed(ArrayList entries, TypeShape shape, string path)
    {
        Expect('[', path, "a list");
        if (!Take(']'))
        {
            ReadCommaSeparated(entries, shape, path, "]");
            Expect(']', path, "a list");
        }
    }

    public void ReadCommaSeparated(ArrayList entries, TypeShape shape, string path, ReadOnlySpan<char> end)
    {
        do
            entries.Add(ReadValue(shape.Element, $"{path}[{entries.Count}]", end.IsEmpty ? "," : ",]"));
        while (Take(','));
    }

    private object ReadDictionary(TypeShape shape, string path)
    {
        var dictionary = shape.MakeDictionary();
        Expect('{', path, "an object");
        while (!Take('}'))
        {
            var key = ReadText(path, ":");
            Expect(':', path, "an object");
            var typedKey = Parse(key, shape.Key, path)!;
            if (dictionary.Contains(typedKey))
                throw new JsvException($"{path}.{key}", "must not be given twice");
            dictionary[typedKey] = ReadValue(shape.Element, $"{path}.{key}", ",}");
            if (!Peek('}'))
                Expect(',', path, "an object");
        }
        return dictionary;
    }

    private object ReadObject(TypeShape shape, string path)
    {
        var target = shape.Create();
        var seen = new HashSet<MemberShape>();
        Expect('{', path, "an object");
        while (!Take('}'))
        {
            var name = ReadText(path, ":");
            Expect(':', path, "an object");
            if (shape.Find(name) is { } member)
            {
                if (!seen.Add(member))
                    throw new JsvException($"{path}.{member.Name}", "must not be given twice");
                member.Set(target, ReadValue(member.Shape, $"{path}.{member.Name}", ",}"));
            }
            else
            {
                _faults.Unknown($"{path}.{name}", name);
                ReadValue(TypeShape.Of(typeof(object)), $"{path}.{name}", ",}");
            }
            if (!Peek('}'))
                Expect(',', path, "an object");
        }
        return target;
    }

    /// <summary>Reads text up to one of <paramref name="ends"/> or the end, or what stands in quotes.</summary>
    public string ReadText(string path, ReadOnlySpan<char> ends)
    {
        if (!Peek('"'))
        {
            var end = _rest.IndexOfAny(ends) is var found && (found < 0 || ends.IsEmpty) ? _rest.Length : found;
            var plain = _rest[..end].ToString();
            _rest = _rest[end..];
            return plain;
        }
        var from = 1;
        while (true)
        {
            var quote = _rest[from..].IndexOf('"');
            if (quote < 0)
                throw new JsvException(path, "has a quote that is never closed");
            from += quote + 1;
            if (from == _rest.Length || _rest[from] != '"')
                break;
            from++;
        }
        var text = _rest[1..(from - 1)].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
        _rest = _rest[from..];
        return text;
    }

    public readonly bool Peek(char wanted) => !_rest.IsEmpty && _rest[0] == wanted;

    public bool Take(char wanted)
    {
        if (!Peek(wanted))
            return false;
        _rest = _rest[1..];
        return true;
    }

    public void Expect(char wanted, string path, string what)
    {
        if (!Take(wanted))
            throw new JsvException(path,
                $"must be {what} in JSV: '{wanted}' expected{(_rest.IsEmpty ? " at the end" : $" before '{_rest[0]}'")}");
    }

    public void Enter(string path)
    {
        if (++_depth > WireJson.MaxDepth)
            throw new JsvException(path, $"must not nest deeper than {WireJson.MaxDepth} levels");
    }

    public void Leave() => _depth--;

    /// <summary>Expects that everything was read.</summary>
    public readonly void End(string path)
    {
        if (!_rest.IsEmpty)
            throw new JsvException(path, $"has text after its end: '{_rest[0]}'");
    }
}
