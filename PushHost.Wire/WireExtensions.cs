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

    /// <summary>Maps every operation to its own routes, and to those that it has by its name: <c>/api/{Dto}</c>, <c>/json/reply/{Dto}</c>,
    /// <c>/json/oneway/{Dto}</c> and the batches of each.</summary>
    public static IEndpointRouteBuilder MapWire(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<WireOptions>();
        var json = endpoints.ServiceProvider.GetRequiredService<WireJson>();
        foreach (var operation in endpoints.ServiceProvider.GetRequiredService<OperationTable>().All)
        {
            var run = new OperationRun(operation);
            var body = new RequestBody(operation, options);
            var single = new OperationEndpoint(run, body, json);
            Map(operation.Routes.Concat(Predefined.RepliesTo(operation)), route => single.For(route));
            Map(Predefined.OneWayOf(operation), route => single.For(route, oneWay: true));
            if (!operation.TakesBatches)
                continue;
            var batch = new BatchEndpoint(run, body, options, json);
            Map(Predefined.BatchesOf(operation), route => batch.For(route, oneWay: false));
            Map(Predefined.OneWayBatchesOf(operation), route => batch.For(route, oneWay: true));

            void Map(IEnumerable<OperationRoute> routes, Func<OperationRoute, RequestDelegate> answer)
            {
                foreach (var route in routes)
                    endpoints.Map(operation, route, answer(route));
            }
        }
        return endpoints;
    }

    /// <summary>Gives every error a <c>responseStatus</c> body, whoever made it, lets pages of <see cref="WireOptions.CorsOrigins"/> call, heeds
    /// <c>X-Http-Method-Override</c>, and routes. Goes before everything else.</summary>
    public static IApplicationBuilder UseWire(this IApplicationBuilder app)
    {
        app.UseMiddleware<WireErrorsMiddleware>();
        if (app.ApplicationServices.GetRequiredService<WireOptions>() is { CorsOrigins.Count: > 0 } options)
            app.UseCors(policy => WireCors.Apply(policy, options));
        return app.UseMiddleware<MethodOverrideMiddleware>().UseRouting();
    }

    private static void Map(this IEndpointRouteBuilder endpoints, Operation operation, OperationRoute route, RequestDelegate answer)
    {
        foreach (var pattern in route.Patterns)
            endpoints.MapMethods(pattern, route.EndpointVerbs, answer).WithDisplayName(operation.Name).WithMetadata(operation, route);
    }

    internal static IServiceCollection AddWire(this IServiceCollection services, Action<WireOptions>? configure, OperationTable table)
    {
        var options = new WireOptions();
        configure?.Invoke(options);
        services.AddRouting().AddCors();
        services.AddSingleton(options);
        services.AddSingleton(table);
        services.AddSingleton(WireJson.Shared);
        services.AddSingleton<ErrorWriter>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ApiModel>();
        services.TryAddSingleton<DocumentOptions>();
        services.AddScoped<OperationContext>();
        services.TryAddSingleton<IOperationAuthorizer, EverybodyMayPass>();
        foreach (var service in table.All.Select(operation => operation.Method.ReflectedType!).Distinct())
            services.TryAddScoped(service);
        return services;
    }
}
