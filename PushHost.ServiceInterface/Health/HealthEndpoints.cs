using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Health;

/// <summary>Health for load balancers and orchestrators; needs no key, and tells nothing of the data, nor of apps that the caller may not read.</summary>
internal static class HealthEndpoints
{
    // As the operations write it: no nulls, and times to the millisecond.
    private static readonly JsonSerializerOptions AsElsewhere = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", (HttpResponse response) => Live(response));
        endpoints.MapGet("/health/ready", (HttpContext http, Readiness readiness, Alarms alarms, IOperationAuthorizer authorizer, AppDirectory apps) =>
            ReadyAsync(http.Response, readiness, alarms, MayName(http.Request.Headers, (KeyAuthorizer)authorizer, apps)));
    }

    private static IResult Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Json(new { status = "ok" });
    }

    private static async Task<IResult> ReadyAsync(HttpResponse response, Readiness readiness, Alarms alarms, Func<string, bool> mayName)
    {
        response.Headers.CacheControl = "no-store";
        var fault = await readiness.FaultAsync(mayName);
        return fault is null
            ? Results.Json(new { status = "ok", alarms = Shown(alarms, mayName) }, AsElsewhere)
            : Results.Json(new { status = "unavailable", reason = fault, alarms = Shown(alarms, mayName) }, AsElsewhere, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    // Every host has the default app. Which others there are is told only to who may read all of them, or that one.
    private static Func<string, bool> MayName(IHeaderDictionary headers, KeyAuthorizer authorizer, AppDirectory apps)
    {
        ApiKey? key;
        try
        {
            key = authorizer.KnownOrNull(headers);
        }
        // A host whose database is away says so, to whomever.
        catch (Exception error) when (StorageErrors.Translate(error) is StorageUnavailableException)
        {
            key = null;
        }
        if (key?.Has(Scopes.Read) != true)
            return name => name == AppDirectory.DefaultName;
        return key.App is { } bound ? name => name == AppDirectory.DefaultName || name == apps.ById(bound)?.Name : _ => true;
    }

    private static IEnumerable<object> Shown(Alarms alarms, Func<string, bool> mayName) => alarms.All.Select(alarm => new
    {
        alarm.Name,
        App = mayName(alarm.App) ? alarm.App : null,
        alarm.Provider,
        alarm.Environment,
        alarm.Reason,
        Since = alarm.Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture),
    });
}
