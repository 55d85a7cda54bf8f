namespace PushHost.Wire;

/// <summary>The routes that every operation has by its name. Batches (<c>{Dto}[]</c>) and one-way sends (<c>/json/oneway/{Dto}</c>)
/// belong here too once they exist.</summary>
internal static class Predefined
{
    public static IEnumerable<OperationRoute> RoutesOf(Operation operation) =>
    [
        new($"/api/{operation.Name}", operation.PredefinedVerbs, null),
        new($"/json/reply/{operation.Name}", operation.PredefinedVerbs, null),
    ];
}
