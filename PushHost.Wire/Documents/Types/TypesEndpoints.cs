using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace PushHost.Wire;

/// <summary><c>/types</c>: the DTOs in the languages of typed ServiceStack clients, where their tools look for them.</summary>
internal sealed class TypesEndpoints(ApiModel model, WireJson json, TimeProvider time)
{
    private static readonly ITypesLanguage[] Languages = [new CSharpTypes(), new TypeScriptTypes()];

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapDocument("/types", AnswerIndexAsync);
        endpoints.MapDocument("/types/metadata", http => json.WriteAsync(http, TypesMetadata.Write(model, BaseUrl(http.Request))));
        endpoints.MapDocument("/types/{language}", AnswerLanguageAsync);
    }

    private Task AnswerIndexAsync(HttpContext http)
    {
        var url = BaseUrl(http.Request);
        var index = new JsonObject { ["metadata"] = $"{url}/types/metadata" };
        foreach (var language in Languages)
            index[language.Name] = $"{url}/types/{language.Name}";
        return json.WriteAsync(http, index);
    }

    private Task AnswerLanguageAsync(HttpContext http)
    {
        var name = (string?)http.Request.RouteValues["language"];
        var language = Array.Find(Languages, language => language.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw RequestException.NotFound(
                $"There are no types for this language: only {string.Join(" and ", Languages.Select(known => $"/types/{known.Name}"))}. "
                + "For any other, generate a client from the OpenAPI document at /openapi/v1.json.");
        var options = new TypesOptions(language.Options, http.Request.Query);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(language.Write(model, options, options.Head(BaseUrl(http.Request), time.GetUtcNow())), http.RequestAborted);
    }

    private static string BaseUrl(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
