using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace PushHost.Wire;

/// <summary>Stands outermost and sees to it that no error leaves without its <c>responseStatus</c>.</summary>
internal sealed class WireErrorsMiddleware(RequestDelegate next, ErrorWriter errors, ILogger<WireErrorsMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsBareError(http.Response))
                await errors.WriteStatusAsync(http);
        }
        // A client that went away is its own affair: nobody reads an answer, and nothing is wrong here.
        catch (Exception exception) when (IsClientGone(exception, http))
        {
            if (!http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            EndConnection(http);
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            // The status is gone; a cut connection is the only way left to say that the answer isn't whole.
            logger.AnswerBroken(OperationOf(http), ErrorWriter.TraceId(http), exception);
            http.Abort();
        }
        catch (RequestException exception)
        {
            await errors.WriteAsync(http, exception);
        }
        catch (IOException exception) when (StatusOfBadHttp(exception) is not null)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusOfBadHttp(exception)!.Value;
            EndConnection(http);
            await errors.WriteStatusAsync(http);
        }
        // Whatever else happens is our fault, is told once, and must not reach the caller.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.OperationFailed(OperationOf(http), ErrorWriter.TraceId(http), exception);
            await errors.WriteInternalErrorAsync(http);
        }
    }

    // Kestrel has an exception for what is no HTTP, but tells a chunk's size that no number can hold by another.
    private static int? StatusOfBadHttp(IOException exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        { InnerException: OverflowException } => StatusCodes.Status400BadRequest,
        _ => null,
    };

    // A body that broke off leaves Kestrel in the middle of a read; where the connection went on, the next request's read would fail with a stack trace.
    private static void EndConnection(HttpContext http) => http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    // The torn connection may be seen by a read before the request is told of it.
    private static bool IsClientGone(Exception exception, HttpContext http) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (http.RequestAborted.IsCancellationRequested && exception is (OperationCanceledException or IOException));

    private static bool IsBareError(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    private static string OperationOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Name
        ?? http.GetEndpoint()?.DisplayName ?? "no operation";
}
