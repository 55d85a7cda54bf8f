namespace PushHost.Wire;

/// <summary>The types in C#, for ServiceStack's .NET clients: <c>using ServiceStack;</c> gives the file its markers and envelopes.</summary>
internal sealed class CSharpTypes : ITypesLanguage
{
    // ServiceStack's QueryBase has these; what ours has beside them goes into the requests that extend it.
    private static readonly string[] QueryBaseMembers = ["Skip", "Take", "OrderBy", "OrderByDesc", "Include", "Fields", "Meta"];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char", [typeof(object)] = "object",
        [typeof(byte[])] = "byte[]",
    };

    public string Name => "csharp";

    public IReadOnlyList<TypesOption> Options { get; } =
    [
        new("GlobalNamespace", "", TypesOptionKind.Name),
        new("MakePartial", "True", TypesOptionKind.Flag),
        new("MakeVirtual", "True", TypesOptionKind.Flag),
        new("MakeInternal", "False", TypesOptionKind.Flag),
        new("AddNullableAnnotations", "True", TypesOptionKind.Flag),
        new("AddReturnMarker", "True", TypesOptionKind.Flag),
        new("AddDescriptionAsComments", "True", TypesOptionKind.Flag),
        new("AddDataContractAttributes", "False", TypesOptionKind.Flag),
        new("AddResponseStatus", "False", TypesOptionKind.Flag),
        new("AddImplicitVersion", "", TypesOptionKind.Number),
        new("InitializeCollections", "False", TypesOptionKind.Flag),
        new("IncludeTypes", "", TypesOptionKind.Names),
        new("ExcludeTypes", "", TypesOptionKind.Names),
        new("AddNamespaces", "", TypesOptionKind.Names),
    ];

    public string Write(ApiModel model, TypesOptions options, string head)
    {
        var types = TypesSelection.Of(model, options).Where(type => !type.IsEnvelope).ToList();
        var global = options.Text("GlobalNamespace");
        var byNamespace = types.GroupBy(type => global.Length > 0 ? global : type.Clr.Namespace!).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        string[] usings =
        [
            "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Runtime.Serialization", "ServiceStack",
            "ServiceStack.DataAnnotations", .. byNamespace.Select(group => group.Key), .. options.List("AddNamespaces"),
        ];
        var code = new CodeWriter().Raw(head);
        if (options.Has("AddNullableAnnotations"))
            code.Line("#nullable enable").Line();
        foreach (var name in usings.Distinct())
            code.Line($"using {name};");
        foreach (var group in byNamespace)
        {
            code.Line().Line($"namespace {group.Key}").Block(() =>
            {
                foreach (var type in group)
                {
                    if (type != group.First())
                        code.Line();
                    new CSharpType(code, options, type).Write();
                }
            });
        }
        return code.ToString();
    }

    /// <summary>The members that a class declares: its own, and those that its envelope has in PushHost only.</summary>
    public static IEnumerable<ApiMember> MembersOf(ApiType type) =>
        type.Base is { IsEnvelope: true } envelope
            ? envelope.AllMembers.Where(member => !QueryBaseMembers.Contains(member.Property.Name)).Concat(type.Members)
            : type.Members;

    /// <summary>The type's name in C#, without a question mark.</summary>
    public static string NameOf(TypeRef type, bool nullables)
    {
        if (Keywords.TryGetValue(type.Clr, out var keyword))
            return keyword;
        string Argument(TypeRef argument) => NameOf(argument, nullables) + (nullables && argument.IsNullable ? "?" : "");
        if (type.Clr.IsArray)
            return $"{Argument(type.Element)}[]";
        var name = type.Clr.Name.Split('`')[0];
        return type.Arguments.Count == 0 ? name : $"{name}<{string.Join(", ", type.Arguments.Select(Argument))}>";
    }
}
