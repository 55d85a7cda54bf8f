using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>The OpenAPI 3.1 document of the host, written from the operation table, the DTOs and their doc comments.</summary>
internal static class OpenApiDocument
{
    private const string Bearer = "bearer";
    private const string ApiKey = "apiKey";

    /// <summary>The ways to send a credential.</summary>
    public static readonly string[] SecuritySchemes = [Bearer, ApiKey];

    /// <summary>Writes the document.</summary>
    /// <exception cref="WireConfigurationException">Something that it must say is said nowhere.</exception>
    public static JsonObject Write(ApiModel model, DocumentOptions options, string baseUrl)
    {
        var schemas = new OpenApiSchemas(model);
        var errors = new OpenApiErrors(options, schemas);
        var paths = Paths(model, schemas, errors);
        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = options.Title,
                ["version"] = options.Version,
                ["description"] = options.Description,
                ["license"] = new JsonObject { ["name"] = options.License, ["identifier"] = options.License },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = baseUrl, ["description"] = "This host" }),
            ["tags"] = Tags(model, options),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Write(),
                ["responses"] = errors.Write(),
                ["securitySchemes"] = Schemes(),
            },
        };
    }

    private static JsonArray Tags(ApiModel model, DocumentOptions options)
    {
        var tags = model.Operations.Select(ApiModel.TagOf).Distinct().OrderBy(options.Tags.IndexOf).ToList();
        return tags.Find(tag => !options.Tags.ContainsKey(tag)) is { } unknown
            ? throw new WireConfigurationException([$"There are operations of {unknown}, and DocumentOptions.Tags doesn't say what that is for."])
            : new([.. tags.Select(tag => new JsonObject { ["name"] = tag, ["description"] = options.Tags[tag] })]);
    }

    private static JsonObject Paths(ApiModel model, OpenApiSchemas schemas, OpenApiErrors errors)
    {
        var examples = new ApiExamples(model);
        var paths = new Dictionary<string, (int Rank, JsonObject Verbs)>(StringComparer.Ordinal);
        foreach (var operation in model.Operations)
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (rank, route) in operation.Routes.Index())
            {
                var path = model.Path(operation, route, member => $"{{{member.Name}}}");
                foreach (var verb in route.Verbs)
                {
                    var verbs = paths.GetValueOrDefault(path).Verbs ?? [];
                    var written = new OpenApiOperation(model, examples, schemas, errors, operation, route, verb);
                    verbs[verb.ToLowerInvariant()] = written.Write(IdOf(operation, route, ids));
                    paths[path] = (paths.TryGetValue(path, out var known) ? Math.Min(known.Rank, rank) : rank, verbs);
                }
            }
        }
        // The routes that operations name first come first, the other ways behind them.
        return new(paths.OrderBy(path => path.Value.Rank).ThenBy(path => path.Key, StringComparer.Ordinal)
            .Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value.Verbs)));
    }

    // The first route bears the operation's own name, the others say what leads there.
    private static string IdOf(Operation operation, OperationRoute route, HashSet<string> taken)
    {
        if (taken.Add(operation.Name))
            return operation.Name;
        var members = route.Placeholders.Select(placeholder => placeholder.Name).ToList();
        var id = members.Count == 0 ? $"{operation.Name}{taken.Count + 1}" : $"{operation.Name}By{string.Join("And", members)}";
        return taken.Add(id) ? id : IdOf(operation, route with { Template = "" }, taken);
    }

    private static JsonObject Schemes() => new()
    {
        [Bearer] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key as bearer token." },
        [ApiKey] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key", ["description"] = "A key in a header of its own." },
    };
}
