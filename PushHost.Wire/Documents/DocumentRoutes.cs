using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace PushHost.Wire;

internal static class DocumentRoutes
{
    private static readonly string[] Verbs = ["GET", "HEAD"];

    /// <summary>Maps a document: whoever takes GET takes HEAD.</summary>
    public static IEndpointConventionBuilder MapDocument(this IEndpointRouteBuilder endpoints, string path, RequestDelegate answer) =>
        endpoints.MapMethods(path, Verbs, answer);
}
