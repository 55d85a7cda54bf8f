using System.Text.Json.Nodes;

namespace PushHost.Wire;

/// <summary>The answers to what went wrong: one for each set of codes that share a status.</summary>
internal sealed class OpenApiErrors(DocumentOptions options, OpenApiSchemas schemas)
{
    private readonly SortedDictionary<string, JsonObject> _all = new(StringComparer.Ordinal);

    /// <summary>The answers by name; complete once the paths are written.</summary>
    public JsonObject Write() => new(_all.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    /// <summary>The answers for these codes, by their status.</summary>
    /// <exception cref="WireConfigurationException">Nothing says what one of the codes means.</exception>
    public IEnumerable<(int Status, JsonObject Reference)> Of(IReadOnlyCollection<string> codes)
    {
        var meanings = options.AllErrors.Where(meaning => codes.Contains(meaning.Code)).ToList();
        if (codes.Except(meanings.Select(meaning => meaning.Code)).FirstOrDefault() is { } unknown)
            throw new WireConfigurationException([$"An operation can fail with {unknown}, whose meaning DocumentOptions.Errors doesn't say."]);
        foreach (var group in meanings.GroupBy(meaning => meaning.Status))
        {
            var name = string.Join('-', group.Select(meaning => meaning.Code));
            _all.TryAdd(name, Answer([.. group]));
            yield return (group.Key, new JsonObject { ["$ref"] = $"#/components/responses/{name}" });
        }
    }

    private JsonObject Answer(IReadOnlyList<ErrorMeaning> meanings)
    {
        var json = new JsonObject
        {
            ["description"] = meanings.Count == 1
                ? $"`{meanings[0].Code}`: {meanings[0].Meaning}"
                : string.Join('\n', meanings.Select(meaning => $"* `{meaning.Code}`: {meaning.Meaning}")),
        };
        if (meanings[0].Status is 429 or 503)
        {
            json["headers"] = new JsonObject
            {
                ["Retry-After"] = new JsonObject
                {
                    ["description"] = "In how many seconds to come again.",
                    ["schema"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
                },
            };
        }
        var examples = new JsonObject();
        foreach (var meaning in meanings)
        {
            examples[meaning.Code] = new JsonObject
            {
                ["value"] = new JsonObject { ["responseStatus"] = new JsonObject { ["errorCode"] = meaning.Code, ["message"] = meaning.Meaning } },
            };
        }
        json["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = schemas.Of(TypeRef.Of(typeof(ErrorResponse))), ["examples"] = examples },
        };
        return json;
    }
}
