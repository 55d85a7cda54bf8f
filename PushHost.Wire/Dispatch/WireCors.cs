using Microsoft.AspNetCore.Cors.Infrastructure;

namespace PushHost.Wire;

/// <summary>What browsers are told when a page of another origin calls. ServiceStack's TypeScript client sends every request with credentials, which
/// browsers only allow to an origin that is named, never to <c>*</c>.</summary>
internal static class WireCors
{
    // Browsers ask again after two hours at the latest, whatever they are told.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public static void Apply(CorsPolicyBuilder policy, WireOptions options) => policy
        .WithOrigins([.. options.CorsOrigins])
        .WithMethods([.. OperationRoute.AllVerbs, HttpMethods.Head])
        .AllowAnyHeader()
        .AllowCredentials()
        .WithExposedHeaders([.. options.ExposedHeaders])
        .SetPreflightMaxAge(Remembered);
}
