using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>The schemas of the document: one for each type that travels, its bases folded in.</summary>
internal sealed class OpenApiSchemas(ApiModel model)
{
    private readonly SortedDictionary<string, JsonObject> _all = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _asked = Reachable(model, model.Operations.Select(operation => operation.Request));

    // A type is closed where every operation that takes it refuses members which nobody knows.
    private readonly HashSet<Type> _closed =
    [
        .. Reachable(model, model.Operations.Where(operation => operation.RefusesUnknownMembers).Select(operation => operation.Request))
            .Except(Reachable(model, model.Operations.Where(operation => !operation.RefusesUnknownMembers).Select(operation => operation.Request))),
    ];

    /// <summary>The schemas by name; complete once the paths are written.</summary>
    public JsonObject Write() => new(_all.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    /// <summary>A schema for what a member or an answer holds.</summary>
    public JsonObject Of(TypeRef type)
    {
        if (type.IsDto)
            return Reference(Named(type));
        if (type.IsFree)
            return [];
        if (type.IsList)
            return new() { ["type"] = "array", ["items"] = Of(type.Element) };
        return type.IsDictionary
            ? new() { ["type"] = "object", ["additionalProperties"] = type.Element.IsFree ? true : Of(type.Element) }
            : OpenApiScalars.Of(type.Clr);
    }

    /// <summary>A schema for a member, with what is said of it.</summary>
    public JsonObject Of(ApiMember member)
    {
        var schema = Of(member.Type);
        OpenApiScalars.Limit(schema, member);
        if (member.Summary is { } summary)
            schema["description"] = summary.Markdown;
        return schema;
    }

    /// <summary>A schema for a request's body without the members that paths carry.</summary>
    public JsonObject OfBody(ApiType request, string operationId, IReadOnlyCollection<ApiMember> inPaths)
    {
        if (inPaths.Count == 0)
            return Of(TypeRef.Of(request.Clr));
        var name = operationId + "Body";
        _all[name] = OfMembers(request, request.AllMembers.Except(inPaths), TypeRef.Of(request.Clr));
        return Reference(name);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private string Named(TypeRef type)
    {
        var name = NameOf(type);
        if (_all.ContainsKey(name))
            return name;
        // Before its members, which may lead back to it.
        _all[name] = [];
        var described = model.TypeOf(type.Clr);
        _all[name] = described.IsEnum ? OfEnum(described) : OfMembers(described, described.AllMembers, type);
        return name;
    }

    private static string NameOf(TypeRef type) =>
        type.Arguments.Count == 0 ? type.Clr.Name : $"{type.Clr.Name.Split('`')[0]}Of{string.Concat(type.Arguments.Select(NameOf))}";

    private JsonObject OfMembers(ApiType type, IEnumerable<ApiMember> members, TypeRef reference)
    {
        var parameters = type.Clr.GetGenericArguments();
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var member in members)
        {
            properties[member.Name] = Of(member with { Type = Filled(member.Type, parameters, reference.Arguments) });
            // What is never null is always there in an answer; in a request only what it must have.
            if (type.Requires(member) || (!member.Type.IsNullable && !_asked.Contains(type.Clr)))
                required.Add(member.Name);
        }
        var schema = new JsonObject { ["type"] = "object" };
        if (Description(type) is { } description)
            schema["description"] = description;
        schema["properties"] = properties;
        if (required.Count > 0)
            schema["required"] = required;
        if (_closed.Contains(type.Clr))
            schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject OfEnum(ApiType type)
    {
        // An answer's zero member is never sent, and says nothing in a request.
        var values = type.Values.Where(value => value is not { Number: 0, Name: "Unspecified" }).ToList();
        var meanings = values.Select(value => $"* `{value.Word}`: {value.Summary?.Markdown}");
        return new()
        {
            ["type"] = "string",
            ["description"] = $"{type.Summary?.Markdown}\n\n{string.Join('\n', meanings)}",
            ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value.Word))]),
        };
    }

    /// <summary>What the type is, and what else there is to know of it.</summary>
    public static string? Description(ApiType type) =>
        type.Remarks is { } remarks ? $"{type.Summary?.Markdown}\n\n{remarks.Markdown}" : type.Summary?.Markdown;

    // The members of a generic type name its parameter; here they name what it was filled with.
    private static TypeRef Filled(TypeRef type, Type[] parameters, IReadOnlyList<TypeRef> arguments) =>
        Array.IndexOf(parameters, type.Clr) is var at and >= 0 ? arguments[at]
        : type.Arguments.Count == 0 ? type
        : type with
        {
            Clr = parameters.Length > 0 && type.Clr.ContainsGenericParameters
                ? type.Clr.GetGenericTypeDefinition().MakeGenericType([.. type.Arguments.Select(argument => Filled(argument, parameters, arguments).Clr)])
                : type.Clr,
            Arguments = [.. type.Arguments.Select(argument => Filled(argument, parameters, arguments))],
        };

    private static HashSet<Type> Reachable(ApiModel model, IEnumerable<Type> from)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(from);
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            foreach (var needed in model.TypeOf(next).AllMembers.SelectMany(member => Dtos(member.Type)))
                open.Push(needed);
        }
        return found;
    }

    private static IEnumerable<Type> Dtos(TypeRef type) => type.Arguments.SelectMany(Dtos).Concat(type.IsDto ? [type.Clr] : []);
}
