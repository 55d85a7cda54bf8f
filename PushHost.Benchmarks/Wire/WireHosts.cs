using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.Benchmarks.Support;
using PushHost.ServiceInterface.Host;

namespace PushHost.Benchmarks.Wire;

/// <summary>The host and the <see cref="BareApi"/> in one process, on one database, writer and heap, so that nothing but the wire differs between them.
/// A process of its own; prints both addresses and runs until it is killed.</summary>
internal static class WireHosts
{
    public static async Task<int> RunAsync(string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PushHost:AdminKey"] = HostProcess.AdminKey,
            ["PushHost:Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "pushhost.db")}",
        });
        builder.AddPushHost();
        await using var host = Build(builder);
        host.MapPushHost();
        await host.StartAsync();

        await using var bare = Build(WebApplication.CreateBuilder());
        BareApi.Map(bare, host.Services);
        await bare.StartAsync();

        Console.WriteLine(JsonSerializer.Serialize(new[] { AddressOf(host), AddressOf(bare) }));
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private static string AddressOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
}
