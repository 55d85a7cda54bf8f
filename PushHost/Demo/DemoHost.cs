using System.Net;
using System.Security.Cryptography;
using PushHost.ServiceInterface.Host;

namespace PushHost.Demo;

/// <summary>A host in this process on a free loopback port, with the demo's settings and none of the machine's.</summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DemoHost(WebApplication app, string key)
    {
        _app = app;
        Key = key;
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Its admin key.</summary>
    public string Key { get; }

    public static async Task<DemoHost> StartAsync(string folder, IReadOnlyDictionary<string, string?> gateways, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetHexString(64);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(gateways).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PushHost:Storage:ConnectionString"] = "Data Source=pushhost.db",
            ["PushHost:AdminKey"] = key,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddPushHost();
        var app = builder.Build();
        try
        {
            app.MapPushHost();
            await app.StartAsync(cancellationToken);
            return new DemoHost(app, key);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
