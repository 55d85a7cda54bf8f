using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>The filled-in examples of requests and answers, as they stand in the doc comments of the DTOs.</summary>
internal sealed class ApiExamples(ApiModel model)
{
    /// <summary>The examples of a request that fit a route: they have a value for everything its path carries, and nothing that only
    /// another of its routes carries.</summary>
    public IReadOnlyList<ApiExample> Of(Operation operation, OperationRoute route)
    {
        var members = route.Placeholders.Select(placeholder => Wire(operation, placeholder.Name)).ToList();
        var others = operation.Routes.SelectMany(other => other.Placeholders).Select(placeholder => Wire(operation, placeholder.Name)).Except(members).ToList();
        var fitting = Parse(operation.Request).Where(example => members.TrueForAll(example.Json.ContainsKey)).ToList();
        return fitting.Exists(example => !others.Exists(example.Json.ContainsKey))
            ? fitting.FindAll(example => !others.Exists(example.Json.ContainsKey))
            : fitting;
    }

    /// <summary>All examples of a request or an answer that aren't of another content type than JSON.</summary>
    public IEnumerable<ApiExample> Parse(Type dto) =>
        from example in model.TypeOf(dto).Examples
        where example.ContentType is null
        select new ApiExample(example.Title, Object(dto, example));

    /// <summary>An example of an answer; null where a type in it has none.</summary>
    public JsonNode? OfAnswer(TypeRef answer)
    {
        if (answer.IsList)
            return OfAnswer(answer.Element) is { } entry ? new JsonArray(entry) : null;
        if (!answer.IsDto)
            return null;
        if (model.TypeOf(answer.Clr).Examples.FirstOrDefault(example => example.ContentType is null) is { } example)
            return Object(answer.Clr, example);
        // A page of a list is made of the example of its entries.
        return answer.Clr.IsGenericType && answer.Clr.GetGenericTypeDefinition() == typeof(QueryResponse<>) && OfAnswer(answer.Element) is { } result
            ? new JsonObject { ["offset"] = 0, ["results"] = new JsonArray(result) }
            : null;
    }

    private string Wire(Operation operation, string member) => model.MemberOf(operation, member).Name;

    private static JsonObject Object(Type dto, DocExample example)
    {
        try
        {
            return JsonNode.Parse(example.Text)!.AsObject();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new WireConfigurationException([$"An example in the doc comment of {dto.Name} is not a JSON object: {error.Message}"]);
        }
    }
}

/// <summary>A filled-in DTO.</summary>
/// <param name="Title">What it shows; null where there is but one.</param>
/// <param name="Json">Its members by their names on the wire.</param>
internal sealed record ApiExample(string? Title, JsonObject Json);
