using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Security;

/// <summary>Endpoints beside the operations, which the setting <c>PushHost:Open</c> opens to everybody by name.</summary>
internal static class OpenEndpoints
{
    /// <summary>Lets everybody through where <c>PushHost:Open</c> has the name, and else whoever has a good key, whatever its scopes.</summary>
    public static IEndpointConventionBuilder OpenAs(this IEndpointConventionBuilder endpoints, string name) =>
        endpoints.AddEndpointFilter((context, next) =>
        {
            var services = context.HttpContext.RequestServices;
            if (!services.GetRequiredService<PushHostSettings>().Open.Contains(name))
                ((KeyAuthorizer)services.GetRequiredService<IOperationAuthorizer>()).Known(context.HttpContext.Request.Headers);
            return next(context);
        });
}
