using Microsoft.AspNetCore.Http;

namespace PushHost.Simulator.Hosting;

/// <summary>What answers the requests of one port. Set as a feature of each of its connections.</summary>
internal interface IEndpoint
{
    Task HandleAsync(HttpContext context);
}
