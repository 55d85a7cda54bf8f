using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Gathers the results of one claim and records them in groups. Safe for concurrent use.</summary>
/// <param name="claim">The lease that they are got under.</param>
/// <param name="job">The claim's notification.</param>
/// <param name="parts">The engine's.</param>
internal sealed class ClaimLedger(Claim claim, Job job, EngineParts parts)
{
    private readonly object _gate = new();
    private List<DeliveryResult> _waiting = [];
    private long? _nextDue;
    private int _undecided;
    private long _heldBackUntil;
    private bool _lost;
    private bool _done;

    /// <summary>Whether another worker has claimed the batch since: then nothing more is recorded, and nothing more may be started.</summary>
    public bool IsLost => Volatile.Read(ref _lost);

    /// <summary>Whether another request may be started: the lease holds, and nobody cancelled the notification.</summary>
    public bool GoesOn => !IsLost && !job.IsStopped;

    /// <summary>Takes what the claim found.</summary>
    public void Open(LoadedRecipients loaded)
    {
        lock (_gate)
        {
            _waiting.AddRange(loaded.Decided);
            _nextDue = loaded.NextDue;
            _undecided = loaded.Due.Count;
        }
    }

    /// <summary>Puts the whole claim off.</summary>
    /// <param name="dueAt">Until when, Unix milliseconds.</param>
    public void Postpone(long dueAt) => _nextDue = dueAt;

    /// <summary>What could not begin is not to be tried before then, Unix milliseconds.</summary>
    public void HoldBack(long until) => Interlocked.Exchange(ref _heldBackUntil, until);

    /// <summary>Takes a recipient's result.</summary>
    public void Add(in DeliveryResult result)
    {
        lock (_gate)
        {
            _waiting.Add(result);
            _undecided--;
            if (result.Outcome == DeliveryOutcome.Pending && !TrialBatches.IsMoved(result))
                _nextDue = Math.Min(_nextDue ?? long.MaxValue, result.DueAt);
        }
    }

    /// <summary>Records what waits.</summary>
    /// <param name="release">Whether the lease ends with it.</param>
    /// <returns>False when the database cannot take it now; nothing is lost, and it may be tried again.</returns>
    public async Task<bool> TryRecordAsync(bool release)
    {
        List<DeliveryResult> results;
        lock (_gate)
        {
            results = _waiting;
            if (_done || (results.Count == 0 && !release && !IsLeaseHalfOver()))
                return true;
            _waiting = [];
        }
        try
        {
            await RecordAsync(results, release);
            return true;
        }
        catch (StorageUnavailableException error)
        {
            parts.Logger.NotRecorded(claim.Batch.Id, results.Count, error.Message);
            // Recorded twice they would count twice: the next claim reads what was recorded.
            if (error.MayBeStored)
            {
                Volatile.Write(ref _lost, true);
                return true;
            }
            lock (_gate)
                _waiting.InsertRange(0, results);
            return false;
        }
    }

    private async Task RecordAsync(List<DeliveryResult> results, bool release)
    {
        var leaseUntil = parts.Time.UnixMilliseconds() + (long)parts.Settings.Lease.TotalMilliseconds;
        var recorded = await parts.Writer.WriteAsync(WriteLane.Engine, session =>
        {
            var now = parts.Time.UnixMilliseconds();
            return Journal.Record(session, claim, job.App, results, release ? ReleaseUntil(now) : null, leaseUntil, parts.Settings.Brake, now);
        });
        if (!recorded.Stale && !release)
            claim.LeaseUntil = leaseUntil;
        _done = recorded.Done;
        if (recorded.Stopped)
            job.IsStopped = true;
        if (recorded.Stale)
        {
            Volatile.Write(ref _lost, true);
            parts.Logger.LeaseLost(claim.Batch.Id, claim.Batch.LeaseEpoch);
        }
        else
        {
            parts.Meter.Recorded(job.App, claim.Batch.Provider, results);
            parts.Meter.Applied(job.App, claim.Batch.Provider, recorded.Tokens);
            parts.Meter.LeftOut(job.App, claim.Batch.Provider, recorded.LeftOut);
        }
        if (recorded.Tokens.Held > 0)
        {
            parts.Logger.VerdictsHeld(job.Id, recorded.Tokens.Held);
            parts.HeldVerdicts.Look(job.App);
        }
        if (recorded.Completed)
        {
            parts.Jobs.Forget(job.Id);
            parts.Completions.Complete(job.Id);
        }
    }

    // A gateway that answers slowly must not cost the lease.
    private bool IsLeaseHalfOver() => claim.LeaseUntil - parts.Time.UnixMilliseconds() < parts.Settings.Lease.TotalMilliseconds / 2;

    // When the batch is due again: with its next retry; at once where the gateway, the lease or the host cut it short, and then its queue decides;
    // when the message's time is over at the latest.
    private long ReleaseUntil(long now) =>
        Math.Max(now, Math.Min(job.OverAt, _undecided > 0 || _nextDue is null ? Interlocked.Read(ref _heldBackUntil) : _nextDue.Value));
}
