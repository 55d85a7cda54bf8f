using System.Net;
using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Http2;

/// <summary>Requests over few long-lived HTTP/2 connections, with a stream limiter of our own on each: it starts low, follows the gateway's
/// SETTINGS up and down, and opens another connection only when all are full. Thread safe.</summary>
/// <remarks>SocketsHttpHandler's own growth is not used: it would open connections as fast as requests come, and gateways take that for an attack.</remarks>
/// <param name="endpoint">Where to connect.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of connections; never of requests.</param>
public sealed class GatewayTransport(GatewayEndpoint endpoint, TimeProvider time, ILogger logger) : IGatewayTransport
{
    private const int MostAttempts = 3;

    private readonly ConnectionPool _pool = new(endpoint, time, logger);

    /// <inheritdoc/>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        for (var attempt = 1; ; attempt++)
        {
            var connection = await _pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
            HttpResponseMessage? response = null;
            try
            {
                // May throw: a credential is asked for.
                Begin(request, connection);
                return response = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                var mayHaveProcessed = !TransportFault.WasNotProcessed(error, request, connection.SaidGoodbye);
                if (mayHaveProcessed || attempt == MostAttempts)
                    throw Failure(error, connection, mayHaveProcessed);
                // Whoever gives up while it waits for another stream has sent nothing.
                Forget(request);
            }
            finally
            {
                _pool.Release(connection, response is not null, response is { IsSuccessStatusCode: true });
            }
        }
    }

    /// <inheritdoc/>
    public void Retire(HttpRequestMessage request)
    {
        if (request is GatewayRequest { Connection: { } connection })
            _pool.Drain(connection, "retired");
    }

    /// <summary>Takes no more requests, gives those in flight ten seconds to finish, and closes.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static void Begin(HttpRequestMessage request, GatewayConnection connection)
    {
        if (request is GatewayRequest gatewayRequest)
            gatewayRequest.Begin(connection);
        Forget(request);
    }

    private static void Forget(HttpRequestMessage request)
    {
        if (request.Content is GatewayContent content)
            content.WasWritten = false;
    }

    private static GatewayTransportException Failure(Exception error, GatewayConnection connection, bool mayHaveProcessed) =>
        new(TransportFault.Describe(error, connection.GoAwayReason), mayHaveProcessed, error) { GatewayReason = connection.GoAwayReason };
}
