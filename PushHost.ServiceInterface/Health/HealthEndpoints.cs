using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Health;

/// <summary>Health for load balancers and orchestrators; needs no key and tells nothing of the data.</summary>
internal static class HealthEndpoints
{
    // Some load balancers ask with HEAD.
    private static readonly string[] Verbs = ["GET", "HEAD"];

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", Verbs, () => Results.Json(new { status = "ok" }));
        endpoints.MapMethods(
            "/health/ready", Verbs, (Database database, DatabaseWriter writer, Alarms alarms) => ReadyAsync(database, writer, alarms));
    }

    private static async Task<IResult> ReadyAsync(Database database, DatabaseWriter writer, Alarms alarms)
    {
        try
        {
            using (var session = database.Read())
                session.Number("SELECT COUNT(*) FROM app");
            // A transaction of its own in the writer's queue: it answers when the database can be written and the queue moves.
            await writer.WriteAsync(WriteLane.Caller, session => session.Number("SELECT 1"));
            return Results.Json(new { status = "ok", alarms = Shown(alarms) });
        }
        catch (Exception error) when (error is StorageUnavailableException or DbException)
        {
            return Results.Json(
                new { status = "unavailable", reason = "the database cannot be used", alarms = Shown(alarms) }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IEnumerable<object> Shown(Alarms alarms) => alarms.All.Select(alarm => new
    {
        alarm.Name,
        alarm.App,
        alarm.Provider,
        alarm.Environment,
        alarm.Reason,
        Since = alarm.Since.UtcDateTime,
    });
}
