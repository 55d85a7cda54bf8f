namespace PushHost.Wire;

/// <summary>The types in TypeScript, for <c>@servicestack/client</c>. The file needs nothing beside itself.</summary>
internal sealed class TypeScriptTypes : ITypesLanguage
{
    private static readonly Type[] Numbers =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float),
        typeof(double), typeof(decimal),
    ];

    public string Name => "typescript";

    public IReadOnlyList<TypesOption> Options { get; } =
    [
        new("MakePropertiesOptional", "False", TypesOptionKind.Flag),
        new("AddServiceStackTypes", "True", TypesOptionKind.Flag),
        new("AddResponseStatus", "False", TypesOptionKind.Flag),
        new("AddImplicitVersion", "", TypesOptionKind.Number),
        new("AddDescriptionAsComments", "True", TypesOptionKind.Flag),
        new("IncludeTypes", "", TypesOptionKind.Names),
        new("ExcludeTypes", "", TypesOptionKind.Names),
    ];

    public string Write(ApiModel model, TypesOptions options, string head)
    {
        var types = TypesSelection.Of(model, options).Where(type => options.Has("AddServiceStackTypes") || !type.IsEnvelope).ToList();
        var code = new CodeWriter().Raw(head);
        code.Line("export interface IReturn<T>").Block(() => code.Line("createResponse(): T;")).Line();
        code.Line("export interface IReturnVoid").Block(() => code.Line("createResponse(): void;")).Line();
        foreach (var marker in types.SelectMany(Markers).Distinct().Order(StringComparer.Ordinal))
            code.Line($"export interface {marker}").Block(() => { }).Line();
        // Enums before the classes, and a class behind the one it extends: the file runs from top to bottom.
        foreach (var type in types.Where(type => type.IsEnum).Concat(BasesFirst(types.Where(type => !type.IsEnum))))
        {
            new TypeScriptType(code, options, type).Write();
            code.Line();
        }
        return code.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The markers of a request's verb.</summary>
    public static IEnumerable<string> Markers(ApiType type) => type.Operation is null
        ? []
        : type.Clr.GetInterfaces().Where(marker => marker != typeof(IVerb) && typeof(IVerb).IsAssignableFrom(marker)).Select(marker => marker.Name);

    /// <summary>The type's name in TypeScript.</summary>
    public static string NameOf(TypeRef type)
    {
        var clr = type.Clr;
        if (type.IsFree)
            return "any";
        if (clr == typeof(bool))
            return "boolean";
        if (Numbers.Contains(clr))
            return "number";
        // The clients read these as text: times, durations, ids and base64.
        if (!clr.IsGenericParameter && !clr.IsEnum && TypeShape.Of(clr).Kind == ShapeKind.Scalar)
            return "string";
        if (type.IsList)
            return $"{NameOf(type.Element)}[]";
        if (type.IsDictionary)
            return $"{{ [index: string]: {NameOf(type.Element)}; }}";
        var name = clr.Name.Split('`')[0];
        return type.Arguments.Count == 0 ? name : $"{name}<{string.Join(", ", type.Arguments.Select(NameOf))}>";
    }

    private static List<ApiType> BasesFirst(IEnumerable<ApiType> types)
    {
        var left = types.ToList();
        var ordered = new List<ApiType>();
        void Take(ApiType type)
        {
            if (!left.Remove(type))
                return;
            if (type.Base is { } parent)
                Take(parent);
            ordered.Add(type);
        }
        while (left.Count > 0)
            Take(left[0]);
        return ordered;
    }
}
