using System.Globalization;
using Microsoft.Extensions.Logging;
using PushHost.Providers.Http2;

namespace PushHost.Providers.Apns;

/// <summary>Delivers with one app's credential in one environment: a request for each device, all at once as far as the engine and the
/// gateway let them.</summary>
internal sealed class ApnsProvider : IPushProvider
{
    private const int MostAnswerBytes = 4096;

    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ApnsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ApnsEncoder _encoder;
    private readonly ProviderToken? _token;
    private readonly Func<string>? _authorize;
    private readonly IGatewayTransport _transport;
    private readonly string _devices;
    private string? _lastRejection;

    public ApnsProvider(ApnsSettings settings, ProviderServices services)
        : this(settings, services, new GatewayTransport(
            Endpoint(settings) with { MayConnectTo = services.MayConnectTo, CapacityChanged = services.CapacityChanged },
            services.Time,
            services.Loggers.CreateLogger<GatewayTransport>()))
    {
    }

    internal ApnsProvider(ApnsSettings settings, ProviderServices services, IGatewayTransport transport)
    {
        _settings = settings;
        _time = services.Time;
        _logger = services.Loggers.CreateLogger<ApnsProvider>();
        _encoder = new ApnsEncoder(settings.BundleId, settings.Key is not null);
        _token = settings.Key is { } key ? new ProviderToken(key, services.Time, _logger, services.SharedTokens) : null;
        _authorize = _token is null ? null : () => _token.Authorization;
        _transport = transport;
        _devices = new Uri(Endpoint(settings).Address, "/3/device/").AbsoluteUri;
    }

    public EncodedPayload Encode(Rendering rendering) => _encoder.Encode(rendering.Message);

    public async Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
    {
        using var deadlines = new RequestDeadlines(_settings.RequestTimeout, _time, cancellationToken);
        var expiration = Expiration(batch.Expiry);
        var underWay = new List<Task>();
        try
        {
            for (var index = 0; index < batch.Recipients.Count; index++)
            {
                if (!await sink.BeginAsync(index, 1, cancellationToken))
                    break;
                underWay.Add(DeliverAsync(batch.Recipients[index], index, expiration, sink, deadlines.Begin(), cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _settings.Dispose();
    }

    private async Task DeliverAsync(
        Recipient recipient, int index, string? expiration, IVerdictSink sink, CancellationToken deadline, CancellationToken stop)
    {
        var verdict = recipient is { Target.Kind: TargetKind.Registration, Payload: ApnsPayload payload }
            ? await SendAsync(recipient, payload, expiration, deadline, stop)
            : new MessageRejected("APNs delivers to registered devices only");
        Watch(verdict);
        sink.Report(index, verdict);
    }

    private async Task<Verdict> SendAsync(
        Recipient recipient, ApnsPayload payload, string? expiration, CancellationToken deadline, CancellationToken stop)
    {
        var id = recipient.Id.ToString();
        var address = new Uri(_devices + recipient.Target.Value, Verbatim);
        for (var isFirst = true; ; isFirst = false)
        {
            var content = new PayloadContent(payload.Body);
            using var request = MakeRequest(address, content, payload, id, expiration);
            try
            {
                using var response = await _transport.SendAsync(request, deadline);
                var answer = await ReadAsync(response, deadline, stop);
                if (!isFirst || !Remedy(answer, request))
                    return ApnsVerdicts.Of(answer, payload, id, _settings.Environment, _time.GetUtcNow());
            }
            catch (GatewayTransportException error)
            {
                return OfSilence(error);
            }
            // The host stopping is cancellation and passes through; only our own clock is a verdict.
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return content.WasWritten
                    ? new Unknown($"no answer within {_settings.RequestTimeout.TotalSeconds:0} s")
                    : new Unavailable(
                        $"not sent within {_settings.RequestTimeout.TotalSeconds:0} s", null, VerdictScope.Target, MayHaveProcessed: false);
            }
        }
    }

    private GatewayRequest MakeRequest(Uri address, PayloadContent content, ApnsPayload payload, string id, string? expiration)
    {
        var request = new GatewayRequest(HttpMethod.Post, address) { Content = content, Authorize = _authorize };
        var headers = request.Headers;
        headers.TryAddWithoutValidation(ApnsHeader.Id, id);
        headers.TryAddWithoutValidation(ApnsHeader.PushType, payload.PushType);
        headers.TryAddWithoutValidation(ApnsHeader.Topic, payload.Topic);
        headers.TryAddWithoutValidation(ApnsHeader.Priority, payload.Priority);
        if (payload.CollapseId is not null)
            headers.TryAddWithoutValidation(ApnsHeader.CollapseId, payload.CollapseId);
        if ((payload.Expiration ?? expiration ?? payload.DefaultExpiration) is { } until)
            headers.TryAddWithoutValidation(ApnsHeader.Expiration, until);
        return request;
    }

    private async ValueTask<ApnsAnswer> ReadAsync(HttpResponseMessage response, CancellationToken deadline, CancellationToken stop)
    {
        ReadOnlyMemory<byte> body = default;
        try
        {
            body = (await GatewayAnswer.ReadAsync(response, MostAnswerBytes, deadline)).Body;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The status has come, and says enough.
        }
        return (int)response.StatusCode == 200
            ? new ApnsAnswer(200, null, null, null)
            : ApnsAnswer.Read((int)response.StatusCode, body, RetryAfter.Read(response.Headers, _time));
    }

    /// <summary>Whether the same request may go well on another connection or with a new token, which is then seen to.</summary>
    private bool Remedy(ApnsAnswer answer, GatewayRequest request)
    {
        switch (answer.Reason)
        {
            case "ExpiredProviderToken" when answer.Status == 403 && request.Authorization is not null:
                if (!_token!.Expire(request.Authorization))
                    return false;
                break;
            case "UnrelatedKeyIdInToken" when answer.Status == 403:
            case "IdleTimeout" when answer.Status == 400:
            case "Shutdown" when answer.Status == 503:
                break;
            default:
                return false;
        }
        // A connection that has seen an expired token stays unusable, and these others are said of the connection itself.
        _transport.Retire(request);
        return true;
    }

    private static Verdict OfSilence(GatewayTransportException error) => error switch
    {
        { GatewayReason: "BadCertificate" or "BadCertificateEnvironment" } => new CredentialRejected(error.GatewayReason),
        { MayHaveProcessed: true } => new Unknown(error.Message),
        _ => new Unavailable(error.Message, error.NotBefore, VerdictScope.Gateway, MayHaveProcessed: false),
    };

    private static string? Expiration(Expiry expiry) =>
        expiry.Once ? "0" : expiry.At?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Logs a refused credential once, not once for each device.</summary>
    private void Watch(Verdict verdict)
    {
        if (verdict is CredentialRejected { Scope: VerdictScope.Credential } rejected)
        {
            if (Interlocked.Exchange(ref _lastRejection, rejected.Reason) != rejected.Reason)
                _logger.CredentialRejected(_settings.Environment, _settings.BundleId, rejected.Reason);
        }
        else if (verdict is Accepted)
        {
            Volatile.Write(ref _lastRejection, null);
        }
    }

    private static GatewayEndpoint Endpoint(ApnsSettings settings) => new()
    {
        Address = new UriBuilder(Uri.UriSchemeHttps, settings.Host, settings.Port).Uri,
        ClientCertificate = settings.Certificate,
        TrustedCertificates = settings.TrustedCertificates,
        // With token authentication APNs allows one stream until the first request with a valid token
        // (Apple, "Sending notification requests to APNs").
        StreamsBeforeFirstSuccess = settings.Key is null ? null : 1,
        MaxConnections = settings.MaxConnections,
    };
}
