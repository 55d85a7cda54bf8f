using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>What there is to tell of the operations: every type that travels, with its doc comments. Made once, from the operation table
/// alone; all documents are made from it.</summary>
internal sealed class ApiModel
{
    private static readonly Assembly Envelopes = typeof(RouteAttribute).Assembly;
    private readonly Dictionary<Type, ApiType> _types = [];
    private readonly Dictionary<Type, Operation> _operations;
    private readonly HashSet<Type> _answers;
    private readonly XmlDocs _docs;

    public ApiModel(OperationTable table)
    {
        Operations = table.All;
        _operations = table.All.ToDictionary(operation => operation.Request);
        _answers = [.. table.All.Select(operation => operation.Response).OfType<Type>()];
        _docs = XmlDocs.Of([Envelopes, .. table.All.Select(operation => operation.Request.Assembly)]);
        foreach (var operation in table.All)
        {
            Add(TypeRef.Of(operation.Request));
            if (operation.Response is { } response)
                Add(TypeRef.Of(response));
        }
        Add(TypeRef.Of(typeof(ErrorResponse)));
        Types = [.. _types.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    /// <summary>The operations, ordered by name.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Every type that travels, ordered by name.</summary>
    public IReadOnlyList<ApiType> Types { get; }

    public ApiType TypeOf(Type type) => _types[Definition(type)];

    /// <summary>The capability an operation belongs to: the folder of its service, as the first part of its namespace below the assembly's.</summary>
    public static string TagOf(Operation operation)
    {
        var service = operation.Method.ReflectedType!;
        var name = service.Namespace ?? "";
        var root = service.Assembly.GetName().Name + ".";
        return name.StartsWith(root, StringComparison.Ordinal) ? name[root.Length..].Split('.')[0] : name.Split('.')[^1];
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private void Add(TypeRef reference)
    {
        foreach (var argument in reference.Arguments)
            Add(argument);
        if (reference.IsDto)
            Add(Definition(reference.Clr));
    }

    private ApiType Add(Type type)
    {
        if (_types.TryGetValue(type, out var known))
            return known;
        var described = new ApiType
        {
            Clr = type,
            Name = type.Name.Split('`')[0],
            Summary = _docs.Summary(type),
            Remarks = _docs.Remarks(type),
            Base = type.BaseType is { } parent && parent != typeof(object) && type.IsClass ? Add(parent) : null,
            Members = type.IsEnum ? [] : [.. MembersOf(type)],
            Values = type.IsEnum ? [.. ValuesOf(type)] : [],
            Examples = [.. _docs.Examples(type)],
            Operation = _operations.GetValueOrDefault(type),
            IsAnswer = _answers.Contains(type),
        };
        _types[type] = described;
        foreach (var member in described.Members)
            Add(member.Type);
        return described;
    }

    private IEnumerable<ApiMember> MembersOf(Type type) =>
        from member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where member.SetMethod is { IsPublic: true } && member.GetMethod is { IsPublic: true } && member.GetIndexParameters().Length == 0
        let name = DataContracts.NameOf(member)
        where name is not null
        select new ApiMember(member, name, TypeRef.Of(member), _docs.Summary(member));

    private IEnumerable<ApiEnumValue> ValuesOf(Type type) =>
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        let word = field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name)
        select new ApiEnumValue(field.Name, word, Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture), _docs.Summary(field));
}
