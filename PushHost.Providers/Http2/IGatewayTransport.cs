namespace PushHost.Providers.Http2;

/// <summary>The narrow seam between a provider and HTTP/2: requests in, answers out, over few long-lived connections to one gateway.</summary>
public interface IGatewayTransport : IAsyncDisposable
{
    /// <summary>Sends one request as soon as a stream is free, and answers when the response's headers have come.</summary>
    /// <remarks>What the gateway says it did not process (refused streams, above GOAWAY's last stream) is sent again on another stream or connection
    /// before this fails.</remarks>
    /// <exception cref="GatewayTransportException">No answer came, other than by cancellation.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Puts no new requests on the connection that carried this one, if the request is a <see cref="GatewayRequest"/>: for gateways whose
    /// answer spoils the connection. What is in flight on it finishes.</summary>
    void Retire(HttpRequestMessage request)
    {
    }
}

/// <summary>A request that got no answer.</summary>
public sealed class GatewayTransportException : Exception
{
    /// <param name="reason">What happened, in words for a log: no tokens, no payloads.</param>
    /// <param name="mayHaveProcessed">False when the request certainly did not reach the gateway's application.</param>
    /// <param name="inner">The cause.</param>
    public GatewayTransportException(string reason, bool mayHaveProcessed, Exception? inner = null)
        : base(reason, inner) => MayHaveProcessed = mayHaveProcessed;

    /// <summary>False when the request certainly did not reach the gateway's application, so that sending it again cannot double it.</summary>
    public bool MayHaveProcessed { get; }

    /// <summary>Before when no further connection is tried, UTC; null when a request may be sent at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why the gateway said goodbye (GOAWAY) on the connection; null if it did not.</summary>
    public string? GatewayReason { get; init; }
}
