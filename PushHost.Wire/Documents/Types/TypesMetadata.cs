using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>The types as the JSON model that ServiceStack's own tools generate from.</summary>
internal static class TypesMetadata
{
    public static JsonObject Write(ApiModel model, string baseUrl) => new()
    {
        ["config"] = new JsonObject { ["baseUrl"] = baseUrl },
        ["namespaces"] = new JsonArray([.. Namespaces(model).Select(name => JsonValue.Create(name))]),
        ["types"] = new JsonArray([.. model.Types.Where(type => type.Operation is null).Select(TypeOf)]),
        ["operations"] = new JsonArray([.. model.Operations.Select(operation => OperationOf(model, operation))]),
    };

    private static IEnumerable<string> Namespaces(ApiModel model) =>
        model.Types.Where(type => !type.IsEnvelope).Select(type => type.Clr.Namespace!).Distinct().Order(StringComparer.Ordinal);

    private static JsonObject OperationOf(ApiModel model, Operation operation)
    {
        var json = new JsonObject
        {
            ["request"] = TypeOf(model.TypeOf(operation.Request)),
            ["actions"] = new JsonArray(operation.TakesAnyVerb ? "ANY" : operation.Verb),
            ["method"] = operation.Verb,
            ["returnsVoid"] = operation.Response is null,
            ["requiresAuth"] = operation.Scopes is not null,
            ["requiresAnyPermission"] = operation.Scopes is { } scopes ? new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]) : null,
            ["routes"] = new JsonArray([.. operation.Routes.Select(RouteOf)]),
            ["tags"] = new JsonArray(ApiModel.TagOf(operation)),
        };
        if (operation.Response is { } response)
        {
            var type = TypeRef.Of(response);
            json["returnType"] = NameOf(type);
            if (type.IsDto)
                json["response"] = TypeOf(model.TypeOf(response));
        }
        return Compact(json);
    }

    private static JsonObject RouteOf(OperationRoute route) => Compact(new()
    {
        ["path"] = route.Template,
        ["verbs"] = string.Join(',', route.Verbs),
        ["summary"] = route.Summary,
    });

    private static JsonObject TypeOf(ApiType type) => Compact(new()
    {
        ["name"] = type.Clr.Name,
        ["namespace"] = type.Clr.Namespace,
        ["genericArgs"] = Arguments(type.Clr.GetGenericArguments().Select(argument => argument.Name)),
        ["inherits"] = type.Base is { } parent ? new JsonObject { ["name"] = parent.Name, ["namespace"] = parent.Clr.Namespace } : null,
        ["description"] = type.Summary?.Markdown,
        ["notes"] = type.Remarks?.Markdown,
        ["isEnum"] = type.IsEnum ? true : null,
        ["isAbstract"] = type.Clr.IsAbstract ? true : null,
        ["enumNames"] = Arguments(type.Values.Select(value => value.Name)),
        ["enumMemberValues"] = Arguments(type.Values.Select(value => value.Word)),
        ["enumDescriptions"] = Arguments(type.Values.Select(value => value.Summary?.Markdown ?? "")),
        ["properties"] = type.IsEnum ? null : new JsonArray([.. type.Members.Select(MemberOf)]),
    });

    private static JsonObject MemberOf(ApiMember member)
    {
        var json = NameOf(member.Type);
        json["type"] = json["name"]!.GetValue<string>();
        json["name"] = member.Property.Name;
        json["dataMember"] = new JsonObject { ["name"] = member.Name };
        json["description"] = member.Summary?.Markdown;
        json["isValueType"] = member.Type.Clr.IsValueType ? true : null;
        json["isEnum"] = member.Type.Clr.IsEnum ? true : null;
        json["isRequired"] = member.IsRequired ? true : null;
        return Compact(json);
    }

    // A value that may be absent is a Nullable`1 of it, as in .NET.
    private static JsonObject NameOf(TypeRef type) => type is { IsNullable: true, Clr.IsValueType: true }
        ? new JsonObject { ["name"] = "Nullable`1", ["namespace"] = "System", ["genericArgs"] = Arguments([type.Clr.Name]) }
        : Compact(new()
        {
            ["name"] = type.Clr.Name,
            ["namespace"] = type.Clr.IsGenericParameter ? null : type.Clr.Namespace,
            ["genericArgs"] = type.Clr.IsArray ? null : Arguments(type.Arguments.Select(argument => CSharpTypes.NameOf(argument, nullables: false))),
        });

    private static JsonArray? Arguments(IEnumerable<string> names) =>
        names.Select(name => (JsonNode)JsonValue.Create(name)!).ToArray() is { Length: > 0 } nodes ? new JsonArray(nodes) : null;

    private static JsonObject Compact(JsonObject json)
    {
        foreach (var absent in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
            json.Remove(absent);
        return json;
    }
}
