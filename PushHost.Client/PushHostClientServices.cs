using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Client;

/// <summary>Puts a <see cref="PushHostClient"/> among an application's services.</summary>
public static class PushHostClientServices
{
    /// <summary>Registers a client by way of <c>IHttpClientFactory</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets at least <see cref="PushHostClientOptions.BaseAddress"/> and <see cref="PushHostClientOptions.Key"/>.</param>
    /// <returns>The HTTP client's builder, to which handlers can be added.</returns>
    public static IHttpClientBuilder AddPushHostClient(this IServiceCollection services, Action<PushHostClientOptions> configure)
    {
        var options = new PushHostClientOptions();
        configure(options);
        return services
            // The options bound each attempt, and an import lasts as long as its devices.
            .AddHttpClient(nameof(PushHostClient), http => http.Timeout = Timeout.InfiniteTimeSpan)
#if NET
            // A singleton may keep a client for good: its connections, and not its handler, are what has to follow a host that moves.
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
#endif
            .AddTypedClient(http => new PushHostClient(http, options));
    }
}
