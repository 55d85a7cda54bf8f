using Microsoft.Extensions.Logging;
using PushHost.Providers.Http2;

namespace PushHost.Providers.Gcm;

/// <summary>FCM HTTP v1: one request for each recipient over shared HTTP/2 connections.</summary>
internal sealed class FcmV1Provider(Uri sendAddress, AccessToken accessToken, IGatewayTransport transport, TimeSpan requestTimeout, TimeProvider time)
    : IPushProvider
{
    private const int MaxAnswerBytes = 16 * 1024 - 1;

    // Firebase, "AndroidConfig": four weeks at most.
    private const long LongestTtlSeconds = 2_419_200;

    public static FcmV1Provider Create(GcmSettings settings, ProviderServices services)
    {
        var logger = services.Loggers.CreateLogger<FcmV1Provider>();
        var http = PlainHttp.Create(settings.TrustedCertificates, services.MayConnectTo);
        var endpoint = new TokenEndpoint(settings.Account!, http, settings.RequestTimeout, services.Time);
        var transport = new GatewayTransport(
            new GatewayEndpoint
            {
                Address = settings.Endpoint,
                TrustedCertificates = settings.TrustedCertificates,
                MaxConnections = settings.MaxConnections,
                MayConnectTo = services.MayConnectTo,
                CapacityChanged = services.CapacityChanged,
            },
            services.Time,
            logger);
        var address = new Uri($"{settings.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v1/projects/{settings.ProjectId}/messages:send");
        return new FcmV1Provider(address, new AccessToken(endpoint, services.Time, logger), transport, settings.RequestTimeout, services.Time);
    }

    /// <inheritdoc/>
    public bool CanValidate => true;

    /// <inheritdoc/>
    public EncodedPayload Encode(Rendering rendering) => FcmEncoder.Encode(rendering.Message);

    /// <inheritdoc/>
    public async Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
    {
        var started = new List<Task>(batch.Recipients.Count);
        try
        {
            for (var index = 0; index < batch.Recipients.Count; index++)
            {
                if (!await sink.BeginAsync(index, 1, cancellationToken))
                    break;
                started.Add(DeliverOneAsync(batch, index, sink, cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(started);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        await accessToken.DisposeAsync();
    }

    private async Task DeliverOneAsync(Batch batch, int index, IVerdictSink sink, CancellationToken cancellationToken) =>
        sink.Report(index, await VerdictAsync(batch.Recipients[index], batch, cancellationToken));

    private async Task<Verdict> VerdictAsync(Recipient recipient, Batch batch, CancellationToken cancellationToken)
    {
        // One deadline for all that a recipient may take: a lease must not lapse while a request is still in flight.
        using var deadline = new CancellationTokenSource(requestTimeout, time);
        await using var stop = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        try
        {
            return await VerdictAsync(recipient, batch, deadline.Token, cancellationToken);
        }
        // The host stopping is cancellation and passes through; only our own clock is a verdict. What was sent has its own.
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Unavailable($"no access token within {requestTimeout.TotalSeconds:0} s", null, VerdictScope.Credential, MayHaveProcessed: false);
        }
    }

    private async Task<Verdict> VerdictAsync(Recipient recipient, Batch batch, CancellationToken deadline, CancellationToken stop)
    {
        var payload = (FcmPayload)recipient.Payload;
        if (recipient.Target.Kind == TargetKind.Channel)
            return new MessageRejected("FCM has no channels");
        if (recipient.Target.Kind != TargetKind.Registration && payload.CountedBytes > FcmPayload.TopicLimit)
            return new MessageRejected($"{payload.CountedBytes} bytes, and FCM takes {FcmPayload.TopicLimit} for a topic");

        var grant = await accessToken.GetAsync(deadline);
        if (grant.Authorization is null)
            return grant.Refusal!;
        var verdict = await PostAsync(recipient.Target, payload, batch, grant.Authorization, deadline, stop);
        if (verdict is not CredentialRejected { Reason: FcmAnswer.AccessTokenRefused })
            return verdict;

        // Google may end a token before its time; a new one is worth one more request.
        accessToken.Refused(grant.Authorization);
        grant = await accessToken.GetAsync(deadline);
        return grant.Authorization is null
            ? grant.Refusal!
            : await PostAsync(recipient.Target, payload, batch, grant.Authorization, deadline, stop);
    }

    private async Task<Verdict> PostAsync(
        Target target, FcmPayload payload, Batch batch, string authorization, CancellationToken deadline, CancellationToken stop)
    {
        using var content = new FcmContent(payload, target, TtlSeconds(batch.Expiry), batch.ValidateOnly);
        using var request = new HttpRequestMessage(HttpMethod.Post, sendAddress) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var response = await transport.SendAsync(request, deadline);
            var answer = await GatewayAnswer.ReadAsync(response, MaxAnswerBytes, deadline);
            return FcmAnswer.Read(response.StatusCode, answer.Body, target.Kind, RetryAfter.Read(response.Headers, time), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return content.WasWritten
                ? new Unknown($"no answer within {requestTimeout.TotalSeconds:0} s")
                : new Unavailable($"not sent within {requestTimeout.TotalSeconds:0} s", null, VerdictScope.Target, MayHaveProcessed: false);
        }
        catch (GatewayTransportException error)
        {
            return error.MayHaveProcessed
                ? new Unknown(error.Message)
                : new Unavailable(error.Message, error.NotBefore, VerdictScope.Gateway, MayHaveProcessed: false);
        }
    }

    private long? TtlSeconds(Expiry expiry)
    {
        if (expiry.Once)
            return 0;
        return expiry.At is { } at ? Math.Clamp((long)(at - time.GetUtcNow()).TotalSeconds, 0, LongestTtlSeconds) : null;
    }
}
