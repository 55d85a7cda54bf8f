namespace PushHost.Providers;

/// <summary>The engine's side of a delivery: it lets requests start and takes verdicts. Safe for concurrent use.</summary>
public interface IVerdictSink
{
    /// <summary>Asks to send one request for <paramref name="count"/> recipients from <paramref name="first"/> on. Completes when the engine has room
    /// (concurrency, pacing); usually at once.</summary>
    /// <returns>False when nothing more may start from this batch: the host is stopping, the lease is nearly over or the credential is paused.</returns>
    ValueTask<bool> BeginAsync(int first, int count, CancellationToken cancellationToken);

    /// <summary>What the gateway said about the recipient at <paramref name="index"/> of the batch. Once for each; later ones are ignored.</summary>
    void Report(int index, Verdict verdict);
}
