using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PushHost.Tests.Documents;
using PushHost.Tests.Support;

namespace PushHost.Tests.Interop;

/// <summary>Serves the page that runs the scenario, from an origin that is not the host's, and takes its report.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<string> _report = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PageServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/", () => Results.File(DocumentExample.Path("PushHost.Tests/Interop/page.html"), "text/html"));
        _app.MapGet("/client.mjs", () => Script(Path.Combine(NodeModules.Folder, "node_modules", "@servicestack", "client", "dist", "servicestack-client.mjs")));
        _app.MapGet("/{script}.js", (string script) => Script(Path.Combine(Scripts, script + ".js")));
        _app.MapGet("/setting", () => Results.Text(Setting, "application/json"));
        _app.MapPost("/report", async (HttpRequest request) => _report.TrySetResult(await new StreamReader(request.Body).ReadToEndAsync()));
    }

    /// <summary>The page's origin.</summary>
    public string Origin => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Task<string> Report => _report.Task;

    public string Scripts { get; set; } = "";

    public string Setting { get; set; } = "";

    public static async Task<PageServer> StartAsync()
    {
        var server = new PageServer();
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Script(string path) => Results.File(path, "text/javascript");
}
