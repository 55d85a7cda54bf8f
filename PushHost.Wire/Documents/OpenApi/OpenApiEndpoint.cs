using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace PushHost.Wire;

/// <summary>Answers <c>/openapi/v1.json</c>. The document never changes while the host runs, so it is written once.</summary>
internal sealed class OpenApiEndpoint(ApiModel model, DocumentOptions options, WireJson json)
{
    // By the path below which the host answers; nearly always there is just the one.
    private readonly ConcurrentDictionary<string, CachedText> _documents = new(StringComparer.OrdinalIgnoreCase);
    private readonly JsonSerializerOptions _indented = new(json.WriteOptions) { WriteIndented = true };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapDocument("/openapi/v1.json", AnswerAsync);
        endpoints.MapDocument("/openapi", AnswerAsync);
    }

    private Task AnswerAsync(HttpContext http) => _documents.GetOrAdd(http.Request.PathBase.Value ?? "", Write).AnswerAsync(http);

    private CachedText Write(string pathBase) => new(
        "application/json; charset=utf-8",
        JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Write(model, options, pathBase.Length == 0 ? "/" : pathBase), _indented));
}
