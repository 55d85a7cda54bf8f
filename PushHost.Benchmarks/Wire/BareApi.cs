using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PushHost.Benchmarks.Support;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Benchmarks.Wire;

/// <summary>What the wire is compared with: the same registration and the same look-up behind the framework's own minimal API and its own JSON, in two
/// lambdas. The key is compared as the host compares it.</summary>
internal static class BareApi
{
    public static void Map(WebApplication bare, IServiceProvider host)
    {
        var (registry, providers, database) = (host.GetRequiredService<DeviceRegistry>(), host.GetRequiredService<PushProviders>(), host.GetRequiredService<Database>());
        var (app, time) = (host.GetRequiredService<AppDirectory>().Default, host.GetRequiredService<TimeProvider>());
        var key = ApiKey.Hash(HostProcess.AdminKey);

        bare.MapPost("/devices", async (HttpRequest http, RegisterDevice request) =>
        {
            if (!MayPass(http, key))
                return Results.Unauthorized();
            var validation = new Validation();
            var device = DeviceRules.Whole(request, providers, time.GetUtcNow().ToUnixTimeMilliseconds(), validation).GetValueOrDefault();
            validation.ThrowIfFaulty();
            var registered = await registry.RegisterAsync(new DeviceRegistration
            {
                App = app.Id,
                Provider = device.Provider,
                RegistrationId = device.RegistrationId,
                Values = device.Values,
                Sequence = request.Sequence,
                ByManager = true,
            });
            return Results.Json(registered.Row.ToDto(app.Name), statusCode: registered.Created ? 201 : 200);
        });
        bare.MapGet("/devices/{id}", (HttpRequest http, long id) =>
        {
            if (!MayPass(http, key))
                return Results.Unauthorized();
            using var session = database.Read();
            return Results.Json(new DeviceKey(app.Id, id, null, null).Find(session).ToDto(app.Name));
        });
    }

    private static bool MayPass(HttpRequest http, byte[] key) =>
        KeyAuthorizer.Credential(http.Headers) is { } given && CryptographicOperations.FixedTimeEquals(key, ApiKey.Hash(given));
}
