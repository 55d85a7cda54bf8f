using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Whether another request of a claim may start, apart from the room that the gateway has.</summary>
/// <param name="claim">The lease.</param>
/// <param name="job">The claim's notification.</param>
/// <param name="holding">What the claim holds.</param>
/// <param name="ledger">Knows whether the lease was lost.</param>
/// <param name="parts">The engine's.</param>
/// <param name="stopping">Cancelled when nothing more may be started.</param>
internal sealed class StartGate(Claim claim, Job job, Holding holding, ClaimLedger ledger, EngineParts parts, CancellationToken stopping)
{
    // A gateway may be so slow, or its quota so small, that a batch takes many minutes, and devices are switched off and change hands meanwhile.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly long _opened = parts.Time.GetTimestamp();
    private volatile bool _hasStarted;

    /// <summary>Asked for a request's recipients before it waits for room, which takes their turn in the notification's pace; and for none after the wait.</summary>
    public async ValueTask<bool> MayStartAsync(int recipients)
    {
        // One is sent by every claim: the wait for room alone may be longer than this.
        if (_hasStarted && parts.Time.GetElapsedTime(_opened) > Fresh)
        {
            // The next claim reads the devices again. While this one's last requests end, others may have the room.
            holding.GiveBack();
            return false;
        }
        if (recipients > 0 && job.Pace?.Take(recipients) is { } delay && delay > TimeSpan.Zero)
            await Task.Delay(delay, parts.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var may = IsOpen();
        _hasStarted |= may && recipients == 0;
        return may;
    }

    private bool IsOpen()
    {
        var now = parts.Time.UnixMilliseconds();
        // With less of the lease left than a request may take, the next worker could send the same while it is still in flight.
        return !stopping.IsCancellationRequested && ledger.GoesOn && parts.Hosts.MayStart
            && claim.LeaseUntil - now > parts.Settings.RequestMargin.TotalMilliseconds
            && now < job.OverAt;
    }
}
