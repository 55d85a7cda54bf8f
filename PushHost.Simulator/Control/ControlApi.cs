using Microsoft.AspNetCore.Http;
using PushHost.Simulator.Hosting;

namespace PushHost.Simulator.Control;

/// <summary>The control port.</summary>
internal sealed class ControlApi(GatewaySimulator simulator) : IEndpoint
{
    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = simulator.ControlPort == 0 ? 503 : 404;
        return Task.CompletedTask;
    }
}
