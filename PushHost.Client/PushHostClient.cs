using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>Asks a PushHost for what its request types say: <c>await client.SendAsync(new RegisterDevice { … })</c> answers a <see cref="Device"/>.</summary>
/// <remarks>
/// <para>Safe for concurrent use; one is enough for a process. It leaves the <see cref="HttpClient"/> open, which belongs to the caller.</para>
/// <para>What fails throws a <see cref="PushHostException"/>, after repeats where they are safe (see <see cref="PushHostClientOptions.MaxRetries"/>);
/// what the caller cancels, an <see cref="OperationCanceledException"/>.</para>
/// </remarks>
public sealed partial class PushHostClient
{
    private readonly Sender _sender;
    private readonly PushHostClientOptions _options;

    /// <summary>A client for the host at <see cref="HttpClient.BaseAddress"/>, with a key in the HTTP client's headers.</summary>
    /// <exception cref="ArgumentException">The HTTP client has no address.</exception>
    public PushHostClient(HttpClient http)
        : this(http, new PushHostClientOptions())
    {
    }

    /// <summary>A client for the host at this address.</summary>
    public PushHostClient(HttpClient http, Uri baseAddress, string key)
        : this(http, new PushHostClientOptions { BaseAddress = baseAddress, Key = key })
    {
    }

    /// <summary>A client with settings.</summary>
    /// <exception cref="ArgumentException">Neither the settings nor the HTTP client have an address.</exception>
    public PushHostClient(HttpClient http, PushHostClientOptions options)
    {
        _options = options;
        _sender = new Sender(http, options);
    }

    /// <summary>Sends a request and reads what it is answered with.</summary>
    /// <exception cref="PushHostException">The host refused it, or didn't answer.</exception>
    public async Task<T> SendAsync<T>(IReturn<T> request, CancellationToken cancellationToken = default)
    {
        var outgoing = Outgoing(request);
        using var answer = await _sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
        return await Answers.ReadAsync<T>(outgoing, answer!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request that is answered with nothing.</summary>
    /// <exception cref="PushHostException">The host refused it, or didn't answer.</exception>
    public async Task SendAsync(IReturnVoid request, CancellationToken cancellationToken = default)
    {
        using var answer = await _sender.SendAsync(Outgoing(request), cancellationToken).ConfigureAwait(false);
    }

    private OutgoingRequest Outgoing(object request) => request is IRequiresRequestStream { RequestStream: { } lines }
        ? OutgoingRequest.Streaming(request, DeviceLines.Of(lines, DeviceLines.NdJson))
        : OutgoingRequest.Of(request, _options.AddIdempotencyKeys);
}
