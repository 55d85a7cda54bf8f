using System.Text.RegularExpressions;

namespace PushHost.Wire;

/// <summary>What there is to tell of the operations: every type that travels, with its doc comments. Made from the operation table alone, when
/// the first document is asked for; all documents are made from it.</summary>
internal sealed partial class ApiModel(OperationTable table)
{
    private readonly Lazy<Dictionary<Type, ApiType>> _byType = new(() => new ApiTypeReader(table).Read());

    /// <summary>The operations, ordered by name.</summary>
    public IReadOnlyList<Operation> Operations => table.All;

    /// <summary>Every type that travels, ordered by name.</summary>
    public IReadOnlyList<ApiType> Types => field ??= [.. _byType.Value.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];

    public ApiType TypeOf(Type type) => _byType.Value[type.IsGenericType ? type.GetGenericTypeDefinition() : type];

    /// <summary>The capability an operation belongs to: the folder of its service, as the first part of its namespace below the assembly's.</summary>
    public static string TagOf(Operation operation)
    {
        var service = operation.Method.ReflectedType!;
        var name = service.Namespace ?? "";
        var root = service.Assembly.GetName().Name + ".";
        return name.StartsWith(root, StringComparison.Ordinal) ? name[root.Length..].Split('.')[0] : name.Split('.')[^1];
    }

    /// <summary>The members that a route's path carries, in their order.</summary>
    public IReadOnlyList<ApiMember> InPath(Operation operation, OperationRoute route) =>
        [.. route.Placeholders.Select(placeholder => MemberOf(operation, placeholder.Name))];

    /// <summary>The members that only other paths of the operation carry, where this one carries some too: another way to name the same.</summary>
    public IReadOnlyList<ApiMember> InOtherPaths(Operation operation, OperationRoute route) => route.Placeholders.Any()
        ? [.. operation.Routes.SelectMany(other => InPath(operation, other)).Except(InPath(operation, route))]
        : [];

    /// <summary>A route's path with something in the place of each placeholder.</summary>
    public string Path(Operation operation, OperationRoute route, Func<ApiMember, string> fill) =>
        Placeholder().Replace(route.Template, match => fill(MemberOf(operation, match.Groups["name"].Value)));

    /// <summary>A request's member by its name in C#, in any case.</summary>
    public ApiMember MemberOf(Operation operation, string name) =>
        TypeOf(operation.Request).AllMembers.First(member => member.Property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)\*?\}")]
    private static partial Regex Placeholder();
}
