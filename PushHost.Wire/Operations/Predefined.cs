namespace PushHost.Wire;

/// <summary>The routes that every operation has by its name, which typed clients call without knowing any other.</summary>
internal static class Predefined
{
    private static readonly string[] Post = ["POST"];

    /// <summary>Where one request is answered.</summary>
    public static IEnumerable<OperationRoute> RepliesTo(Operation operation) =>
    [
        new($"/api/{operation.Name}", operation.PredefinedVerbs, null),
        new($"/json/reply/{operation.Name}", operation.PredefinedVerbs, null),
    ];

    /// <summary>Where a list of requests is answered with the list of their answers.</summary>
    public static IEnumerable<OperationRoute> BatchesOf(Operation operation) => operation.TakesBatches
        ? [new($"/api/{operation.Name}[]", Post, null), new($"/json/reply/{operation.Name}[]", Post, null)]
        : [];

    /// <summary>Where a request is done and its answer dropped.</summary>
    public static IEnumerable<OperationRoute> OneWayOf(Operation operation) => operation.StreamsAnswer
        ? []
        : [new($"/json/oneway/{operation.Name}", operation.PredefinedVerbs, null)];

    /// <summary>Where a list of requests is done and their answers are dropped.</summary>
    public static IEnumerable<OperationRoute> OneWayBatchesOf(Operation operation) => operation.TakesBatches
        ? [new($"/json/oneway/{operation.Name}[]", Post, null)]
        : [];
}
