using Microsoft.AspNetCore.Http;
using PushHost.ServiceInterface.Storage;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Host;

/// <summary>Answers 503 with Retry-After when the database cannot take work now.</summary>
internal sealed class StorageErrorsMiddleware(RequestDelegate next)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (StorageErrors.Translate(error) is StorageUnavailableException)
        {
            throw RequestException.Unavailable(
                error is StorageUnavailableException { MayBeStored: true }
                    ? "The database went away while it stored this, and it may be stored: repeat it with the same idempotencyKey."
                    : "The database cannot take this now; nothing was stored.",
                RetryAfter);
        }
    }
}
