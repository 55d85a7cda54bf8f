using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Routing;

namespace PushHost.Wire;

/// <summary>Answers <c>/docs</c>: SwaggerUI on the host's own document. Everything it needs comes from this assembly.</summary>
internal sealed class DocsPage(DocumentOptions options)
{
    // Nothing from elsewhere, whatever a script or a style sheet may ask for. SwaggerUI sets styles of its own.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, CachedText> Assets = new(StringComparer.Ordinal)
    {
        ["swagger-ui-bundle.js"] = Asset("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ["swagger-ui.css"] = Asset("swagger-ui.css", "text/css; charset=utf-8"),
        ["docs.js"] = Asset("docs.js", "text/javascript; charset=utf-8"),
        ["LICENSE"] = Asset("LICENSE", "text/plain; charset=utf-8"),
    };

    // Addresses are relative, so that the page works below a path too.
    private readonly CachedText _page = new("text/html; charset=utf-8", Encoding.UTF8.GetBytes($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{HtmlEncoder.Default.Encode(options.Title)}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="docs/swagger-ui.css">
        </head>
        <body>
        <form id="key" hidden>
        <p>The document is not open to everybody.</p>
        <label>Key <input name="key" type="password" autocomplete="off" required></label> <button>Open</button>
        </form>
        <div id="ui"></div>
        <script src="docs/swagger-ui-bundle.js"></script>
        <script src="docs/docs.js"></script>
        </body>
        </html>

        """));

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapDocument("/docs", AnswerPageAsync);
        endpoints.MapDocument("/docs/{asset}", AnswerAssetAsync);
        endpoints.MapDocument("/swagger-ui", http =>
        {
            http.Response.Redirect($"{http.Request.PathBase}/docs");
            return Task.CompletedTask;
        });
    }

    private Task AnswerPageAsync(HttpContext http)
    {
        // Where the page ends in a slash its relative addresses would lead elsewhere.
        if (http.Request.Path.Value!.EndsWith('/'))
        {
            http.Response.Redirect($"{http.Request.PathBase}/docs");
            return Task.CompletedTask;
        }
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return _page.AnswerAsync(http);
    }

    private static Task AnswerAssetAsync(HttpContext http) =>
        Assets.TryGetValue((string)http.Request.RouteValues["asset"]!, out var asset)
            ? asset.AnswerAsync(http)
            : throw RequestException.NotFound($"There is no {http.Request.Path}; the page is /docs.");

    private static CachedText Asset(string name, string contentType)
    {
        using var stream = typeof(DocsPage).Assembly.GetManifestResourceStream($"PushHost.Wire.Docs.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(contentType, bytes);
    }
}
