using System.Text;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Finds the members of a JSON body that no typed level of the request has. What is known costs no allocation, since a body
/// may list thousands of recipients; a path becomes text only when it is to blame.</summary>
internal ref struct UnknownMembers
{
    /// <summary>How many are told, so that a small request cannot make a large answer.</summary>
    public const int MaxTold = 100;

    private const int LongestName = 128;

    private readonly List<FieldError> _found = [];
    private readonly Step[] _steps = new Step[WireJson.MaxDepth + 1];
    private Utf8JsonReader _reader;
    private int _depth;

    private UnknownMembers(ReadOnlySpan<byte> json) => _reader = new(json, new() { MaxDepth = WireJson.MaxDepth });

    public static FieldError At(string path) =>
        new("UnknownMember", path, $"'{path}' is not a member of this request; see whether it is misspelt.");

    /// <summary>The first <see cref="MaxTold"/>, each with its path; what follows them isn't read.</summary>
    /// <exception cref="JsonException">It isn't JSON.</exception>
    public static List<FieldError> Find(ReadOnlySpan<byte> json, TypeShape shape)
    {
        var search = new UnknownMembers(json);
        search._reader.Read();
        search.Walk(shape);
        return search._found;
    }

    private void Walk(TypeShape shape)
    {
        if (_reader.TokenType == JsonTokenType.StartArray && shape.Kind == ShapeKind.List)
        {
            for (var i = 0; Goes(JsonTokenType.EndArray); i++)
                Walk(shape.Element, new(null, i));
        }
        else if (_reader.TokenType == JsonTokenType.StartObject && shape.Kind is ShapeKind.Object or ShapeKind.Dictionary)
        {
            while (Goes(JsonTokenType.EndObject))
                WalkMember(shape);
        }
        else
        {
            _reader.Skip();
        }
    }

    private bool Goes(JsonTokenType end) => _found.Count < MaxTold && _reader.Read() && _reader.TokenType != end;

    private void Walk(TypeShape shape, Step step)
    {
        _steps[_depth++] = step;
        Walk(shape);
        _depth--;
    }

    private void WalkMember(TypeShape shape)
    {
        var member = shape.Kind == ShapeKind.Object ? MemberHere(shape) : null;
        if (member is null)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            if (shape.Kind == ShapeKind.Dictionary)
            {
                Walk(shape.Element, new(name, 0));
                return;
            }
            if (_depth > 0 || !IsAddedByClients(name))
                _found.Add(At(PathTo(name)));
            _reader.Skip();
            return;
        }
        _reader.Read();
        Walk(member.Shape, new(member.Name, 0));
    }

    private readonly MemberShape? MemberHere(TypeShape shape)
    {
        Span<char> name = stackalloc char[LongestName];
        return _reader.ValueSpan.Length > LongestName ? null : shape.Find(name[.._reader.CopyString(name)]);
    }

    private readonly string PathTo(string name)
    {
        var path = new StringBuilder();
        foreach (var step in _steps.AsSpan(0, _depth))
            path.Append(step.Name is null ? $"[{step.Index}]" : path.Length == 0 ? step.Name : $".{step.Name}");
        return path.Length == 0 ? name : path.Append('.').Append(name).ToString();
    }

    private static bool IsAddedByClients(string name) =>
        name.Equals("version", StringComparison.OrdinalIgnoreCase) || name.Equals("sessionId", StringComparison.OrdinalIgnoreCase);

    /// <param name="Name">A member or key; null for an entry of a list.</param>
    /// <param name="Index">The entry's place in its list.</param>
    private readonly record struct Step(string? Name, int Index);
}
