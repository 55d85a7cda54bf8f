using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Reads every type that operations take or answer with, and every type these hold.</summary>
internal sealed class ApiTypeReader(OperationTable table)
{
    private readonly Dictionary<Type, ApiType> _types = [];
    private readonly Dictionary<Type, Operation> _operations = table.All.ToDictionary(operation => operation.Request);
    private readonly HashSet<Type> _answers = [.. table.All.Select(operation => operation.Response).OfType<Type>()];
    private readonly XmlDocs _docs = XmlDocs.Of([typeof(RouteAttribute).Assembly, .. table.All.Select(operation => operation.Request.Assembly)]);

    /// <summary>The types; generic ones by their definition.</summary>
    public Dictionary<Type, ApiType> Read()
    {
        foreach (var operation in table.All)
        {
            Add(TypeRef.Of(operation.Request));
            if (operation.Response is { } response)
                Add(TypeRef.Of(response));
        }
        Add(TypeRef.Of(typeof(ErrorResponse)));
        return _types;
    }

    private void Add(TypeRef reference)
    {
        foreach (var argument in reference.Arguments)
            Add(argument);
        if (reference.IsDto)
            Add(reference.Clr.IsGenericType ? reference.Clr.GetGenericTypeDefinition() : reference.Clr);
    }

    private ApiType Add(Type type)
    {
        if (_types.TryGetValue(type, out var known))
            return known;
        var examples = _docs.Examples(type).ToLookup(example => example.IsAnswer);
        var described = new ApiType
        {
            Clr = type,
            Name = type.Name.Split('`')[0],
            Summary = _docs.Summary(type),
            Remarks = _docs.Remarks(type),
            Base = type.BaseType is { } parent && parent != typeof(object) && type.IsClass ? Add(parent) : null,
            Members = type.IsEnum ? [] : [.. MembersOf(type)],
            Values = type.IsEnum ? [.. ValuesOf(type)] : [],
            Examples = [.. examples[false]],
            AnswerExamples = [.. examples[true]],
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
