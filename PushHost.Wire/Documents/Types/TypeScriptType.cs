namespace PushHost.Wire;

/// <summary>Writes one type in TypeScript.</summary>
internal sealed class TypeScriptType(CodeWriter code, TypesOptions options, ApiType type)
{
    public void Write()
    {
        Comment(type.Summary, type.Remarks);
        if (type.IsEnum)
            WriteEnum();
        else
            WriteClass();
    }

    private void WriteEnum() => code.Line($"export enum {type.Name}").Block(() =>
    {
        var asNumbers = type.Clr.IsDefined(typeof(FlagsAttribute), false);
        foreach (var value in type.Values)
        {
            Comment(value.Summary);
            code.Line(asNumbers ? FormattableString.Invariant($"{value.Name} = {value.Number},") : $"{value.Name} = '{value.Word}',");
        }
    });

    private void WriteClass()
    {
        foreach (var route in type.Operation?.Routes ?? [])
            code.Line(route.Verbs.Count == OperationRoute.AllVerbs.Length
                ? $"// @Route({CodeWriter.Quote(route.Template)})"
                : $"// @Route({CodeWriter.Quote(route.Template)}, {CodeWriter.Quote(string.Join(',', route.Verbs))})");
        var extends = type.Base is { } parent ? $" extends {parent.Name}" : "";
        var markers = Implements().ToList();
        var implements = markers.Count > 0 ? $" implements {string.Join(", ", markers)}" : "";
        code.Line($"export {(type.Clr.IsAbstract ? "abstract " : "")}class {Declaration()}{extends}{implements}").Block(() =>
        {
            foreach (var member in type.Members)
            {
                Comment(member.Summary);
                code.Line($"public {member.Name}{Mark(member)}: {TypeScriptTypes.NameOf(member.Type)};");
            }
            if (options.Has("AddResponseStatus") && type.IsAnswer && type.AllMembers.All(member => member.Name != "responseStatus"))
                code.Line("public responseStatus?: ResponseStatus;");
            if (type.Operation is not null && options.Text("AddImplicitVersion") is { Length: > 0 } version)
                code.Line($"public version: number = {version};");
            code.Line().Line($"public constructor(init?: Partial<{Declaration()}>)").Block(() =>
            {
                if (type.Base is not null)
                    code.Line("super(init);");
                code.Line("Object.assign(this, init);");
            });
            if (type.Operation is { } operation)
                WriteRequest(operation);
        });
    }

    private void WriteRequest(Operation operation)
    {
        code.Line($"public getTypeName() {{ return '{operation.Name}'; }}");
        code.Line($"public getMethod() {{ return '{operation.Verb}'; }}");
        code.Line(operation.Response is { } response
            ? $"public createResponse() {{ return {Empty(TypeRef.Of(response))}; }}"
            : "public createResponse() { }");
    }

    // The client looks at what this is: text and bytes are read raw, all else is JSON.
    private static string Empty(TypeRef response) => Answer(response) switch
    {
        "string" => "''",
        "Uint8Array" => "new Uint8Array(0)",
        "number" => "0",
        "boolean" => "false",
        var name when response.IsList => $"[] as {name}",
        var name when response.IsDictionary || response.IsFree => $"({{}} as {name})",
        var name => $"new {name}()",
    };

    private static string Answer(TypeRef response) => response.Clr == typeof(byte[]) ? "Uint8Array" : TypeScriptTypes.NameOf(response);

    private IEnumerable<string> Implements()
    {
        if (type.Operation is not { } operation)
            return [];
        var returns = operation.Response is { } response ? $"IReturn<{Answer(TypeRef.Of(response))}>" : "IReturnVoid";
        return [returns, .. TypeScriptTypes.Markers(type)];
    }

    private string Declaration() =>
        type.Clr.IsGenericTypeDefinition ? $"{type.Name}<{string.Join(", ", type.Clr.GetGenericArguments().Select(argument => argument.Name))}>" : type.Name;

    private string Mark(ApiMember member) =>
        (member.Type.IsNullable && !member.IsRequired) || options.Has("MakePropertiesOptional") ? "?" : "!";

    private void Comment(DocText? summary, DocText? remarks = null)
    {
        if (!options.Has("AddDescriptionAsComments") || summary is null)
            return;
        var lines = CodeWriter.Wrap(summary.Markdown).Concat(remarks is null ? [] : ["", .. CodeWriter.Wrap(remarks.Markdown)])
            .Select(line => line.Replace("*/", "* /", StringComparison.Ordinal)).ToList();
        if (lines.Count == 1)
        {
            code.Line($"/** {lines[0]} */");
            return;
        }
        code.Line("/**");
        foreach (var line in lines)
            code.Line($" * {line}".TrimEnd());
        code.Line(" */");
    }
}
