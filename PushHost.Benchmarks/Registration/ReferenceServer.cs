using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PushHost.Benchmarks.Registration;

/// <summary>The least that can be had: one ASP.NET Core endpoint without keys, checks or rules, which puts a row of the same shape into a table of the same
/// indexes, durably, and answers what it put.</summary>
internal static class ReferenceServer
{
    public static async Task<int> RunAsync(string folder)
    {
        using var writer = new ReferenceWriter(Path.Combine(folder, "reference.db"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.MapPost("/devices", async (HttpContext context) =>
        {
            var registration = await context.Request.ReadFromJsonAsync<Registration>();
            var now = TimeProvider.System.GetUtcNow();
            var id = await writer.AddAsync(registration!, now.ToUnixTimeMilliseconds());
            context.Response.StatusCode = StatusCodes.Status201Created;
            await context.Response.WriteAsJsonAsync(new Answer(
                id, "default", registration!.Provider, "alert", registration.RegistrationId, registration.UserId, true, "active", now, now, now));
        });
        await app.StartAsync();
        Console.WriteLine("Now listening on: " + app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private sealed record Answer(
        long Id, string AppId, string Provider, string Kind, string RegistrationId, string UserId, bool IsActive, string State,
        DateTimeOffset CreatedAt, DateTimeOffset RegisteredAt, DateTimeOffset LastSeenAt);
}
