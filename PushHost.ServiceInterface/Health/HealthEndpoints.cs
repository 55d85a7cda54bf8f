using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PushHost.ServiceInterface.Health;

/// <summary>Health for load balancers and orchestrators; needs no key and tells nothing of the data.</summary>
internal static class HealthEndpoints
{
    // As the operations write it: no nulls, and times to the millisecond.
    private static readonly JsonSerializerOptions AsElsewhere = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", (HttpResponse response) => Live(response));
        endpoints.MapGet("/health/ready", (HttpResponse response, Readiness readiness, Alarms alarms) => ReadyAsync(response, readiness, alarms));
    }

    private static IResult Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Json(new { status = "ok" });
    }

    private static async Task<IResult> ReadyAsync(HttpResponse response, Readiness readiness, Alarms alarms)
    {
        response.Headers.CacheControl = "no-store";
        var fault = await readiness.FaultAsync();
        return fault is null
            ? Results.Json(new { status = "ok", alarms = Shown(alarms) }, AsElsewhere)
            : Results.Json(new { status = "unavailable", reason = fault, alarms = Shown(alarms) }, AsElsewhere, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IEnumerable<object> Shown(Alarms alarms) => alarms.All.Select(alarm => new
    {
        alarm.Name,
        alarm.App,
        alarm.Provider,
        alarm.Environment,
        alarm.Reason,
        Since = alarm.Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture),
    });
}
