using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PushHost.Wire;

/// <summary>Puts the wire into an ASP.NET Core host.</summary>
public static class WireExtensions
{
    /// <summary>Finds services and request DTOs in these assemblies and registers what answers them.</summary>
    /// <exception cref="WireConfigurationException">They don't fit together; the message lists every fault.</exception>
    public static IServiceCollection AddWire(
        this IServiceCollection services, Action<WireOptions>? configure, params Assembly[] assemblies) =>
        services.AddWire(configure, OperationFinder.Find(assemblies));

    /// <summary>Maps every operation to its own routes, <c>/api/{Dto}</c> and <c>/json/reply/{Dto}</c>.</summary>
    public static IEndpointRouteBuilder MapWire(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<WireOptions>();
        var json = endpoints.ServiceProvider.GetRequiredService<WireJson>();
        foreach (var operation in endpoints.ServiceProvider.GetRequiredService<OperationTable>().All)
        {
            var endpoint = new OperationEndpoint(operation, options, json);
            foreach (var route in operation.Routes.Concat(Predefined.RoutesOf(operation)))
                endpoints.MapMethods(route.Pattern, route.Verbs, endpoint.For(route))
                    .WithDisplayName(operation.Name).WithMetadata(operation, route);
        }
        return endpoints;
    }

    /// <summary>Gives every error a <c>responseStatus</c> body, whoever made it. Goes before everything else.</summary>
    public static IApplicationBuilder UseWireErrors(this IApplicationBuilder app) => app.UseMiddleware<WireErrorsMiddleware>();

    internal static IServiceCollection AddWire(this IServiceCollection services, Action<WireOptions>? configure, OperationTable table)
    {
        var options = new WireOptions();
        configure?.Invoke(options);
        services.AddRouting();
        services.AddSingleton(options);
        services.AddSingleton(table);
        services.AddSingleton(WireJson.Shared);
        services.AddSingleton<ErrorWriter>();
        services.AddScoped<OperationContext>();
        services.TryAddSingleton<IOperationAuthorizer, EverybodyMayPass>();
        foreach (var service in table.All.Select(operation => operation.Method.ReflectedType!).Distinct())
            services.TryAddScoped(service);
        return services;
    }
}
