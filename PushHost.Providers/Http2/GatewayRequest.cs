namespace PushHost.Providers.Http2;

/// <summary>A request that is finished when a stream is free for it, and remembers which connection carried it, so that
/// <see cref="IGatewayTransport.Retire"/> can find it.</summary>
public sealed class GatewayRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address)
{
    private const string AuthorizationHeader = "authorization";

    /// <summary>Gives the value of the header <c>authorization</c>, asked at each sending: a request may wait for a stream longer than its
    /// credential is good. Null sends none.</summary>
    public Func<string>? Authorize { get; init; }

    /// <summary>The credential it was last sent with; null if there was none.</summary>
    public string? Authorization { get; private set; }

    internal GatewayConnection? Connection { get; private set; }

    internal void Begin(GatewayConnection connection)
    {
        Connection = connection;
        if (Authorize is null)
            return;
        if (Authorization is not null)
            Headers.Remove(AuthorizationHeader);
        Headers.TryAddWithoutValidation(AuthorizationHeader, Authorization = Authorize());
    }
}
