using PushHost.Providers.Http2;

namespace PushHost.Providers.Gcm;

/// <summary>Requests over the platform's own HTTP/2.</summary>
internal sealed class HandlerTransport(HttpMessageInvoker http) : IGatewayTransport
{
    /// <inheritdoc/>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new GatewayTransportException(error.InnerException?.Message ?? error.Message, mayHaveProcessed: true, error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
