namespace PushHost.Wire;

/// <summary>Which types a file holds: all, or those that <c>IncludeTypes</c> and <c>ExcludeTypes</c> leave.</summary>
/// <remarks>Both take names of types and <c>{Tag}</c> for all requests of a capability; <c>Name.*</c> brings everything the type needs.</remarks>
internal static class TypesSelection
{
    public static List<ApiType> Of(ApiModel model, TypesOptions options)
    {
        var included = options.List("IncludeTypes");
        var excluded = options.List("ExcludeTypes").SelectMany(name => Named(model, name)).ToHashSet();
        var types = included.Count == 0 ? model.Types : included.SelectMany(name => Named(model, name));
        return [.. types.Where(type => !excluded.Contains(type)).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<ApiType> Named(ApiModel model, string name)
    {
        var withNeeds = name.EndsWith(".*", StringComparison.Ordinal);
        var bare = withNeeds ? name[..^2] : name;
        var types = bare is ['{', .. var tag, '}']
            ? model.Types.Where(type => type.Operation is { } operation && ApiModel.TagOf(operation).Equals(tag, StringComparison.OrdinalIgnoreCase))
            : model.Types.Where(type => type.Name.Equals(bare, StringComparison.OrdinalIgnoreCase));
        return withNeeds ? types.SelectMany(type => WithNeeds(model, type)) : types;
    }

    private static HashSet<ApiType> WithNeeds(ApiModel model, ApiType type)
    {
        var found = new HashSet<ApiType>();
        var open = new Stack<ApiType>([type]);
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            if (next.Base is { } parent)
                open.Push(parent);
            foreach (var needed in next.Members.SelectMany(member => Dtos(member.Type)))
                open.Push(model.TypeOf(needed));
            if (next.Operation?.Response is { } response)
                foreach (var needed in Dtos(TypeRef.Of(response)))
                    open.Push(model.TypeOf(needed));
        }
        return found;
    }

    private static IEnumerable<Type> Dtos(TypeRef type) =>
        type.Arguments.SelectMany(Dtos).Concat(type.IsDto ? [type.Clr] : []);
}
