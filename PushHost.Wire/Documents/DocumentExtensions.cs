using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Wire;

/// <summary>Puts what is told of the operations into an ASP.NET Core host. Everything is made from the operation table.</summary>
public static class DocumentExtensions
{
    /// <summary>Maps <c>/types</c>, the DTOs for typed clients, and <c>/metadata</c>, the same for people.</summary>
    /// <returns>The endpoints, to say who may have them.</returns>
    public static IEndpointConventionBuilder MapWireTypes(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        var services = endpoints.ServiceProvider;
        ActivatorUtilities.CreateInstance<TypesEndpoints>(services).Map(group);
        var page = new Lazy<CachedText>(() => new("text/html; charset=utf-8", ActivatorUtilities.CreateInstance<MetadataPage>(services).Write()));
        group.MapDocument("/metadata", http => page.Value.AnswerAsync(http));
        return group;
    }

    /// <summary>Maps <c>/openapi/v1.json</c>.</summary>
    /// <returns>The endpoints, to say who may have them.</returns>
    public static IEndpointConventionBuilder MapWireOpenApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        ActivatorUtilities.CreateInstance<OpenApiEndpoint>(endpoints.ServiceProvider).Map(group);
        return group;
    }

    /// <summary>Maps <c>/docs</c>, the page to try operations on.</summary>
    /// <returns>The endpoints, to say who may have them.</returns>
    public static IEndpointConventionBuilder MapWireDocs(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        ActivatorUtilities.CreateInstance<DocsPage>(endpoints.ServiceProvider).Map(group);
        return group;
    }
}
