using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PushHost.Simulator.Hosting;

/// <summary>Hands requests to their port's endpoint with nothing in between: no routing, middleware, logging or scopes.</summary>
internal sealed class EndpointApplication : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // Kestrel reuses a stream's objects; the context it carried before is as good as new.
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
            return new DefaultHttpContext(contextFeatures);
        if (container.HostContext is { } context)
            context.Initialize(contextFeatures);
        else
            container.HostContext = context = new DefaultHttpContext(contextFeatures);
        return context;
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => context.Features.GetRequiredFeature<IEndpoint>().HandleAsync(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
