using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Finds the members of a JSON body that no typed level of the request has.</summary>
internal static class UnknownMembers
{
    public static FieldError At(string path) => new("UnknownMember", path, $"'{path}' is not a member of this request; see whether it is misspelt.");

    /// <summary>All of them, each with its path. The body must be good JSON.</summary>
    public static List<FieldError> Find(ReadOnlySpan<byte> json, TypeShape shape)
    {
        var unknown = new List<FieldError>();
        var reader = new Utf8JsonReader(json, new() { MaxDepth = WireJson.MaxDepth });
        reader.Read();
        Walk(ref reader, shape, "", unknown);
        return unknown;
    }

    private static void Walk(ref Utf8JsonReader reader, TypeShape shape, string path, List<FieldError> unknown)
    {
        if (reader.TokenType == JsonTokenType.StartArray && shape.Kind == ShapeKind.List)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                Walk(ref reader, shape.Element, $"{path}[{i}]", unknown);
        }
        else if (reader.TokenType == JsonTokenType.StartObject && shape.Kind is ShapeKind.Object or ShapeKind.Dictionary)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                WalkMember(ref reader, shape, path, unknown);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void WalkMember(ref Utf8JsonReader reader, TypeShape shape, string path, List<FieldError> unknown)
    {
        var name = reader.GetString()!;
        reader.Read();
        if (shape.Kind == ShapeKind.Dictionary)
        {
            Walk(ref reader, shape.Element, $"{path}.{name}", unknown);
            return;
        }
        var member = shape.Find(name);
        var memberPath = path.Length == 0 ? member?.Name ?? name : $"{path}.{member?.Name ?? name}";
        if (member is not null)
        {
            Walk(ref reader, member.Shape, memberPath, unknown);
            return;
        }
        if (path.Length > 0 || !IsAddedByClients(name))
            unknown.Add(At(memberPath));
        reader.Skip();
    }

    private static bool IsAddedByClients(string name) =>
        name.Equals("version", StringComparison.OrdinalIgnoreCase) || name.Equals("sessionId", StringComparison.OrdinalIgnoreCase);
}
