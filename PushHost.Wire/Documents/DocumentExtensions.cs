using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Wire;

/// <summary>Puts what is told of the operations into an ASP.NET Core host. Everything is made from the operation table.</summary>
public static class DocumentExtensions
{
    /// <summary>Maps <c>/types</c>: the DTOs for typed clients.</summary>
    /// <returns>The endpoints, to say who may have them.</returns>
    public static IEndpointConventionBuilder MapWireTypes(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        ActivatorUtilities.CreateInstance<TypesEndpoints>(endpoints.ServiceProvider).Map(group);
        return group;
    }
}
