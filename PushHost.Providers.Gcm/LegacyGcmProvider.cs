using System.Net;
using System.Net.Http.Headers;
using PushHost.Providers.Http2;

namespace PushHost.Providers.Gcm;

/// <summary>The legacy GCM protocol: JSON over HTTP, many recipients of one message in a request, one result for each in its answer.</summary>
internal sealed class LegacyGcmProvider(LegacySettings settings, HttpMessageInvoker http, TimeSpan requestTimeout, TimeProvider time) : IPushProvider
{
    // A thousand results of some two hundred bytes, and room for a server that is generous with white space.
    private const int MaxAnswerBytes = 1024 * 1024 - 1;

    // Google, "GCM HTTP Connection Server": four weeks at most.
    private const long LongestTtlSeconds = 2_419_200;

    private readonly string _authorization = $"key={settings.ApiKey}";

    public static LegacyGcmProvider Create(GcmSettings settings, LegacySettings legacy, ProviderServices services) =>
        new(legacy, PlainHttp.Create(settings.TrustedCertificates, services.MayConnectTo, settings.MaxConnections), settings.RequestTimeout, services.Time);

    /// <inheritdoc/>
    public bool CanValidate => true;

    /// <inheritdoc/>
    public EncodedPayload Encode(Rendering rendering) => LegacyEncoder.Encode(rendering.Message);

    /// <inheritdoc/>
    public async Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
    {
        var started = new List<Task>();
        try
        {
            for (int first = 0, count; first < batch.Recipients.Count; first += count)
            {
                count = CountAlike(batch.Recipients, first);
                if (!await sink.BeginAsync(first, count, cancellationToken))
                    break;
                started.Add(DeliverManyAsync(batch, first, count, sink, cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(started);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    // One request carries one message: those who read another one begin the next.
    private int CountAlike(IReadOnlyList<Recipient> recipients, int first)
    {
        var end = Math.Min(recipients.Count, first + settings.MaxRecipients);
        var index = first + 1;
        while (index < end && ReferenceEquals(recipients[index].Payload, recipients[first].Payload)
            && recipients[index].Target.Kind == TargetKind.Registration && recipients[first].Target.Kind == TargetKind.Registration)
            index++;
        return index - first;
    }

    private async Task DeliverManyAsync(Batch batch, int first, int count, IVerdictSink sink, CancellationToken cancellationToken)
    {
        var verdicts = batch.Recipients[first].Target.Kind == TargetKind.Registration
            ? await PostAsync(batch, first, count, cancellationToken)
            : [new MessageRejected("legacy GCM is sent to registrations only")];
        for (var index = 0; index < count; index++)
            sink.Report(first + index, verdicts[index]);
    }

    private async Task<Verdict[]> PostAsync(Batch batch, int first, int count, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(requestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = Request(batch, first, count);
            using var response = await http.SendAsync(request, either.Token);
            var answer = await GatewayAnswer.ReadAsync(response, MaxAnswerBytes, either.Token);
            return LegacyAnswer.Read(response.StatusCode, answer.Body, count, RetryAfter.Read(response.Headers, time), time.GetUtcNow());
        }
        // The host stopping is cancellation and passes through; only our own clock is a verdict.
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return LegacyAnswer.All(count, new Unknown($"no answer within {requestTimeout.TotalSeconds:0} s"));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return LegacyAnswer.All(count, Silence(error));
        }
    }

    private HttpRequestMessage Request(Batch batch, int first, int count)
    {
        var payload = (LegacyPayload)batch.Recipients[first].Payload;
        var request = new HttpRequestMessage(HttpMethod.Post, settings.PostUrl)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ReadOnlyMemoryContent(LegacyBody.Compose(payload, batch.Recipients, first, count, TtlSeconds(batch.Expiry), batch.ValidateOnly))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        return request;
    }

    private static Verdict Silence(Exception error)
    {
        var reason = error.InnerException?.Message ?? error.Message;
        return error is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
        }
            ? new Unavailable(reason, null, VerdictScope.Gateway, MayHaveProcessed: false)
            : new Unknown(reason);
    }

    private long? TtlSeconds(Expiry expiry)
    {
        if (expiry.Once)
            return 0;
        return expiry.At is { } at ? Math.Clamp((long)(at - time.GetUtcNow()).TotalSeconds, 0, LongestTtlSeconds) : null;
    }
}
