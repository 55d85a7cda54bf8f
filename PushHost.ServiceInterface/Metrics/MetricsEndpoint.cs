using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Security;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Metrics;

/// <summary><c>GET /metrics</c>, for whoever may read, or for everybody where <c>PushHost:Open</c> names it.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Maps it, and begins to collect: before the host starts, so that nothing is missed.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<MetricsCollector>();
        endpoints.MapGet("/metrics", Answer);
    }

    private static IResult Answer(HttpContext http, MetricsCollector collector, PushHostSettings settings, IOperationAuthorizer authorizer, AppDirectory apps)
    {
        string? app = null;
        if (!settings.Open.Contains("metrics"))
        {
            var key = ((KeyAuthorizer)authorizer).Known(http.Request.Headers);
            if (!key.Has(Scopes.Read))
                throw RequestException.Forbidden("Metrics need a key with the scope read or admin.");
            if (key.App is { } bound)
                app = apps.ById(bound)?.Name ?? "";
        }
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(PrometheusText.Of(collector.Collect(), app), PrometheusText.ContentType);
    }
}
