namespace PushHost.Providers;

/// <summary>Delivers to one gateway with one app's credential for one environment. Called concurrently; disposed when the credential changes,
/// after the last batch has returned.</summary>
public interface IPushProvider : IAsyncDisposable
{
    /// <summary>Whether it can ask the gateway about recipients without delivering anything. Only such a provider is handed batches that are
    /// <see cref="Batch.ValidateOnly"/>.</summary>
    bool CanValidate => false;

    /// <summary>Makes the payload once for all recipients that read the same.</summary>
    /// <exception cref="PayloadTooLargeException">More bytes than the gateway takes. Nothing was sent.</exception>
    /// <exception cref="MessageInvalidException">The message says something this gateway cannot carry. Nothing was sent.</exception>
    EncodedPayload Encode(Rendering rendering);

    /// <summary>Reports one verdict for every recipient it began, in any order, as soon as it is known.</summary>
    /// <remarks>Before each request to the gateway the provider asks <see cref="IVerdictSink.BeginAsync"/> for the recipients of that request,
    /// and stops where the answer is no; recipients never begun are sent in a later batch and count no attempt.
    /// What the gateway says, silence and nonsense included, is reported as a verdict and never thrown.
    /// Cancellation means that the host stops now: what has begun and has no answer stays unreported.</remarks>
    Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken);
}
