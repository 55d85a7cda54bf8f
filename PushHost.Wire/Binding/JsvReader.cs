using System.Collections;

namespace PushHost.Wire;

/// <summary>Reads JSV, the text format of ServiceStack's query strings, guided by the type that is wanted: <c>x,"y,z"</c> is a list,
/// <c>{Title:"t,1",Badge:2}</c> an object. A quote inside quotes is doubled; what holds none of <c>, : { } [ ] "</c> needs none.</summary>
internal ref struct JsvReader
{
    private readonly JsvFaults _faults;
    private ReadOnlySpan<char> _rest;
    private int _depth;

    public JsvReader(ReadOnlySpan<char> text, string member, JsvFaults faults)
    {
        _rest = text;
        _faults = faults;
        Path = new(member);
    }

    public JsvPath Path { get; }

    public object? ReadValue(TypeShape shape, ReadOnlySpan<char> ends)
    {
        Enter();
        object? value;
        switch (shape.Kind)
        {
            case ShapeKind.Scalar:
                value = ReadScalar(shape, ends);
                break;
            case ShapeKind.List:
                var entries = new ArrayList();
                ReadBracketed(entries, shape);
                value = shape.MakeList(entries);
                break;
            case ShapeKind.Dictionary:
                value = ReadDictionary(shape);
                break;
            case ShapeKind.Object:
                value = ReadObject(shape);
                break;
            default:
                value = JsvFreeReader.ToJson(ref this, ends);
                break;
        }
        Leave();
        return value;
    }

    private object? ReadScalar(TypeShape shape, ReadOnlySpan<char> ends)
    {
        var quoted = Peek('"');
        // A list may have hundreds of thousands of entries: what stands there plainly is parsed where it stands.
        var text = quoted ? ReadText(ends) : ReadPlain(ends);
        if (text.Length == 0 && !quoted && shape.TakesNull && !shape.HasEmptyText)
            return null;
        return shape.Scalar!.TryParse(text, out var value) ? value : throw Fault($"must be {shape.Expected}");
    }

    public void ReadBracketed(ArrayList entries, TypeShape shape)
    {
        Expect('[', "a list");
        if (!Take(']'))
        {
            ReadCommaSeparated(entries, shape, ",]");
            Expect(']', "a list");
        }
    }

    public void ReadCommaSeparated(ArrayList entries, TypeShape shape, ReadOnlySpan<char> ends)
    {
        Path.EnterList();
        do
        {
            Path.NextEntry();
            entries.Add(ReadValue(shape.Element, ends));
        }
        while (Take(','));
        Path.Leave();
    }

    private object ReadDictionary(TypeShape shape)
    {
        var dictionary = shape.MakeDictionary();
        Expect('{', "an object");
        while (!Take('}'))
        {
            var key = ReadText(":");
            Expect(':', "an object");
            if (!shape.Key.Scalar!.TryParse(key, out var typedKey))
                throw Fault($"must be {shape.Key.Expected}");
            Path.Enter(key);
            if (dictionary.Contains(typedKey!))
                throw Twice();
            dictionary[typedKey!] = ReadValue(shape.Element, ",}");
            Path.Leave();
            if (!Peek('}'))
                Expect(',', "an object");
        }
        return dictionary;
    }

    private object ReadObject(TypeShape shape)
    {
        var target = shape.Create();
        var seen = new HashSet<MemberShape>();
        Expect('{', "an object");
        while (!Take('}'))
        {
            var name = ReadText(":");
            Expect(':', "an object");
            var member = shape.Find(name);
            Path.Enter(member?.Name ?? name);
            if (member is null)
            {
                _faults.Unknown(Path, name);
                ReadValue(TypeShape.Of(typeof(object)), ",}");
            }
            else if (seen.Add(member))
            {
                member.Set(target, ReadValue(member.Shape, ",}"));
            }
            else
            {
                throw Twice();
            }
            Path.Leave();
            if (!Peek('}'))
                Expect(',', "an object");
        }
        return target;
    }

    /// <summary>Reads text up to one of <paramref name="ends"/> or the end, or what stands in quotes.</summary>
    public string ReadText(ReadOnlySpan<char> ends)
    {
        if (!Peek('"'))
            return ReadPlain(ends).ToString();
        var from = 1;
        while (true)
        {
            var quote = _rest[from..].IndexOf('"');
            if (quote < 0)
                throw Fault("has a quote that is never closed");
            from += quote + 1;
            if (from == _rest.Length || _rest[from] != '"')
                break;
            from++;
        }
        var text = _rest[1..(from - 1)].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
        _rest = _rest[from..];
        return text;
    }

    private ReadOnlySpan<char> ReadPlain(ReadOnlySpan<char> ends)
    {
        var end = _rest.IndexOfAny(ends) is var found && (found < 0 || ends.IsEmpty) ? _rest.Length : found;
        var plain = _rest[..end];
        // Inside brackets no writer of JSV leaves it bare: this is JSON with blanks, whose text would have a blank and quotes too many.
        if (ends is not ("" or ",") && plain.Contains('"'))
            throw Fault("has a quote inside bare text: what holds quotes stands in quotes, which are doubled, with no blanks around it");
        _rest = _rest[end..];
        return plain;
    }

    public readonly bool Peek(char wanted) => !_rest.IsEmpty && _rest[0] == wanted;

    public bool Take(char wanted)
    {
        if (!Peek(wanted))
            return false;
        _rest = _rest[1..];
        return true;
    }

    public void Expect(char wanted, string what)
    {
        if (!Take(wanted))
            throw Fault($"must be {what} in JSV: '{wanted}' expected{(_rest.IsEmpty ? " at the end" : $" before '{_rest[0]}'")}");
    }

    public void Enter()
    {
        if (++_depth > WireJson.MaxDepth)
            throw Fault($"must not nest deeper than {WireJson.MaxDepth} levels");
    }

    public void Leave() => _depth--;

    /// <summary>Expects that everything was read.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw Fault($"has text after its end: '{_rest[0]}'");
    }

    public readonly JsvException Twice() => Fault("must not be given twice");

    private readonly JsvException Fault(string problem) => new(Path.ToString(), problem);
}
