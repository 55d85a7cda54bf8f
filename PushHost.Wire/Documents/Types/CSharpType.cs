using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;

namespace PushHost.Wire;

/// <summary>Writes one type in C#.</summary>
internal sealed class CSharpType(CodeWriter code, TypesOptions options, ApiType type)
{
    private readonly bool _nullables = options.Has("AddNullableAnnotations");

    public void Write()
    {
        Comment(type.Summary, type.Remarks);
        if (type.IsEnum)
            WriteEnum();
        else
            WriteClass();
    }

    private void WriteEnum()
    {
        // Not only on request, since without it the words on the wire are not read.
        code.Line("[DataContract]");
        if (type.Clr.IsDefined(typeof(FlagsAttribute)))
            code.Line("[Flags]");
        code.Line($"{Access()} enum {type.Name}").Block(() =>
        {
            foreach (var value in type.Values)
            {
                Comment(value.Summary);
                code.Line($"[EnumMember(Value={CodeWriter.Quote(value.Word)})]");
                code.Line(string.Create(CultureInfo.InvariantCulture, $"{value.Name} = {value.Number},"));
            }
        });
    }

    private void WriteClass()
    {
        var contract = options.Has("AddDataContractAttributes") || type.Clr.IsDefined(typeof(DataContractAttribute));
        foreach (var route in type.Operation?.Routes ?? [])
            code.Line(route.Verbs.Count == OperationRoute.AllVerbs.Length
                ? $"[Route({CodeWriter.Quote(route.Template)})]"
                : $"[Route({CodeWriter.Quote(route.Template)}, {CodeWriter.Quote(string.Join(',', route.Verbs))})]");
        if (type.Operation is not null && type.Summary is { } summary)
            code.Line($"[Api(Description={CodeWriter.Quote(summary.Markdown)})]");
        if (contract)
            code.Line("[DataContract]");
        code.Line($"{Access()} {(type.Clr.IsAbstract ? "abstract " : "")}{(options.Has("MakePartial") ? "partial " : "")}class {Declaration()}");
        var parents = Parents().ToList();
        if (parents.Count > 0)
            code.Indented($": {string.Join(", ", parents)}");
        code.Block(() =>
        {
            var order = 0;
            foreach (var member in CSharpTypes.MembersOf(type))
            {
                Comment(member.Summary);
                if (type.Operation is not null && member.Summary is { } description)
                    code.Line($"[ApiMember(Description={CodeWriter.Quote(description.Markdown)}{(member.IsRequired ? ", IsRequired=true" : "")})]");
                if (contract)
                    code.Line(string.Create(CultureInfo.InvariantCulture, $"[DataMember(Name={CodeWriter.Quote(member.Name)}, Order={++order})]"));
                WriteMember(member);
            }
            WriteAdditions(contract, order);
        });
    }

    private void WriteMember(ApiMember member)
    {
        var name = CSharpTypes.NameOf(member.Type, _nullables);
        var isValue = member.Type.Clr.IsValueType;
        var absent = member.Type.IsNullable && !member.IsRequired;
        var mark = absent && (_nullables || isValue) ? "?" : "";
        // An empty collection where absence has a meaning of its own would be sent as "clear this".
        var initial = options.Has("InitializeCollections") && !absent && (member.Type.IsList || member.Type.IsDictionary) ? $" = new {name}();"
            : _nullables && !absent && !isValue ? " = default!;"
            : "";
        code.Line($"public {Virtual()}{name}{mark} {member.Property.Name} {{ get; set; }}{initial}");
    }

    private void WriteAdditions(bool contract, int order)
    {
        if (options.Has("AddResponseStatus") && type.IsAnswer && type.AllMembers.All(member => member.Property.Name != "ResponseStatus"))
        {
            if (contract)
                code.Line(string.Create(CultureInfo.InvariantCulture, $"[DataMember(Name=\"responseStatus\", Order={++order})]"));
            code.Line($"public {Virtual()}ResponseStatus{(_nullables ? "?" : "")} ResponseStatus {{ get; set; }}");
        }
        if (options.Text("AddImplicitVersion") is { Length: > 0 } version && type.Operation is not null)
        {
            if (contract)
                code.Line(string.Create(CultureInfo.InvariantCulture, $"[DataMember(Name=\"version\", Order={++order})]"));
            code.Line($"public {Virtual()}int Version {{ get; set; }} = {version};");
        }
    }

    private string Access() => options.Has("MakeInternal") ? "internal" : "public";

    private string Virtual() => options.Has("MakeVirtual") ? "virtual " : "";

    private string Declaration() =>
        type.Clr.IsGenericTypeDefinition ? $"{type.Name}<{string.Join(", ", type.Clr.GetGenericArguments().Select(argument => argument.Name))}>" : type.Name;

    private IEnumerable<string> Parents()
    {
        if (type.Base is { } parent)
            yield return parent.Name;
        if (type.Operation is not { } operation)
            yield break;
        if (options.Has("AddReturnMarker"))
            yield return operation.Response is { } response ? $"IReturn<{CSharpTypes.NameOf(TypeRef.Of(response), _nullables)}>" : "IReturnVoid";
        foreach (var verb in type.Clr.GetInterfaces().Where(marker => marker != typeof(IVerb) && typeof(IVerb).IsAssignableFrom(marker)))
            yield return verb.Name;
    }

    private void Comment(DocText? summary, DocText? remarks = null)
    {
        if (!options.Has("AddDescriptionAsComments"))
            return;
        WriteComment("summary", summary);
        WriteComment("remarks", remarks);
    }

    private void WriteComment(string element, DocText? text)
    {
        if (text is null)
            return;
        code.Line($"/// <{element}>");
        foreach (var line in CodeWriter.Wrap(text.Xml))
            code.Line($"/// {line}");
        code.Line($"/// </{element}>");
    }
}
