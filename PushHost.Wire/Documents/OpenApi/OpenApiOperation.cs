using System.Globalization;
using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>Writes one route of one operation.</summary>
internal sealed class OpenApiOperation(ApiModel model, ApiExamples examples, OpenApiSchemas schemas, OpenApiErrors errors, Operation operation, OperationRoute route, string verb)
{
    private readonly ApiType _request = model.TypeOf(operation.Request);
    private readonly IReadOnlyList<ApiExample> _examples = examples.Of(operation, route);

    private readonly bool _hasBody = OperationAnswers.HasBody(verb);

    private readonly IReadOnlyList<ApiMember> _inPath = model.InPath(operation, route);

    private readonly IReadOnlyList<ApiMember> _inAnyPath = [.. model.InPath(operation, route), .. model.InOtherPaths(operation, route)];

    public JsonObject Write(string id)
    {
        var json = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(ApiModel.TagOf(operation)),
            ["summary"] = Summary(),
            ["description"] = Description(),
        };
        json["security"] = Security();
        var parameters = Parameters();
        if (parameters.Count > 0)
            json["parameters"] = parameters;
        if (_hasBody && RequestBody(id) is { } body)
            json["requestBody"] = body;
        json["responses"] = Responses();
        return json;
    }

    private string Summary() => route.Summary ?? FirstSentence(_request.Summary?.Markdown ?? operation.Name);

    private string Description()
    {
        var text = OpenApiSchemas.Description(_request) ?? operation.Name;
        if (operation.Scopes is { Count: > 0 } scopes)
            text += $"\n\nScope: {string.Join(" or ", scopes.Select(scope => $"`{scope}`"))}.";
        return $"{text}\n\nTyped clients send it to `/api/{operation.Name}` or `/json/reply/{operation.Name}`.";
    }

    // Summaries are plain text.
    private static string FirstSentence(string text) =>
        (text.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? text[..end] : text.TrimEnd('.')).Replace("`", "", StringComparison.Ordinal);

    // One of the scopes is enough, in either header.
    private JsonArray Security() =>
    [
        .. from scheme in OpenApiDocument.SecuritySchemes
           from scope in (operation.Scopes ?? []).DefaultIfEmpty()
           select new JsonObject { [scheme] = scope is null ? new JsonArray() : new JsonArray(scope) },
    ];

    private JsonArray Parameters()
    {
        var parameters = new JsonArray();
        foreach (var member in _inPath)
            parameters.Add(Parameter(member, "path"));
        if (!_hasBody || operation.TakesStream)
            foreach (var member in _request.AllMembers.Except(_inAnyPath))
                parameters.Add(Parameter(member, "query"));
        return parameters;
    }

    private JsonObject Parameter(ApiMember member, string place)
    {
        var schema = schemas.Of(member);
        schema.Remove("description");
        var json = new JsonObject { ["name"] = member.Name, ["in"] = place };
        if (member.Summary is { } summary)
            json["description"] = summary.Markdown;
        if (place == "path" || _request.Requires(member))
            json["required"] = true;
        if (member.Type.IsList && place == "query")
        {
            json["style"] = "form";
            json["explode"] = false;
        }
        json["schema"] = schema;
        if (_examples.FirstOrDefault(example => example.Json.ContainsKey(member.Name)) is { } filled)
            json["example"] = filled.Json[member.Name]!.DeepClone();
        return json;
    }

    private JsonObject? RequestBody(string id)
    {
        if (operation.TakesStream)
            return new() { ["required"] = true, ["content"] = Texts(_request.Examples.Where(example => example.ContentType is not null)) };
        if (!_request.AllMembers.Except(_inAnyPath).Any())
            return null;
        var content = new JsonObject { ["schema"] = schemas.OfBody(_request, id, _inAnyPath) };
        var filled = new JsonObject();
        foreach (var example in _examples)
            filled[KeyOf(example, filled.Count)] = ExampleOf(example.Title, Without(example.Json, _inPath));
        if (filled.Count > 0)
            content["examples"] = filled;
        return new()
        {
            ["required"] = _request.AllMembers.Except(_inAnyPath).Any(_request.Requires),
            ["content"] = new JsonObject { ["application/json"] = content },
        };
    }

    private static string KeyOf(ApiExample example, int index) => example.Title is { } title
        ? string.Concat(title.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-'))
        : index == 0 ? "example" : string.Create(CultureInfo.InvariantCulture, $"example-{index + 1}");

    private static JsonObject ExampleOf(string? title, JsonNode value)
    {
        var json = new JsonObject();
        if (title is not null)
            json["summary"] = title;
        json["value"] = value;
        return json;
    }

    private static JsonObject Without(JsonObject json, IEnumerable<ApiMember> members)
    {
        var rest = json.DeepClone().AsObject();
        foreach (var member in members)
            rest.Remove(member.Name);
        return rest;
    }

    private JsonObject Responses()
    {
        var responses = new SortedDictionary<int, JsonObject>();
        foreach (var (status, when) in operation.Successes())
            responses[status] = Success(status, when);
        var codes = operation.Failures(route).ToList();
        foreach (var (status, reference) in errors.Of(codes))
            responses[status] = reference;
        return new(responses.Select(entry => KeyValuePair.Create(entry.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)entry.Value)));
    }

    private JsonObject Success(int status, string when)
    {
        var json = new JsonObject { ["description"] = when };
        if (status != StatusCodes.Status204NoContent && operation.Response is { } response)
            json["content"] = AnswerContent(response);
        return json;
    }

    private JsonObject AnswerContent(Type response)
    {
        var type = TypeRef.Of(response);
        if (operation.AnswersRaw())
            return Texts(_request.AnswerExamples);
        var content = new JsonObject { ["schema"] = schemas.Of(type) };
        if (examples.OfAnswer(type) is { } example)
            content["examples"] = new JsonObject { ["example"] = ExampleOf(null, example) };
        return new() { ["application/json"] = content };
    }

    // Bodies that aren't JSON: the content types are those of the examples.
    private static JsonObject Texts(IEnumerable<DocExample> texts)
    {
        var content = new JsonObject();
        foreach (var text in texts)
        {
            content[text.ContentType!] = new JsonObject
            {
                ["schema"] = new JsonObject { ["type"] = "string" },
                ["examples"] = new JsonObject { ["example"] = ExampleOf(text.Title, JsonValue.Create(text.Text)) },
            };
        }
        return content;
    }
}
