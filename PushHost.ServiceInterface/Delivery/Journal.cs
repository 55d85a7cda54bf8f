using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Records verdicts: one row a recipient, the batch's counters and what becomes of tokens, all in one piece.</summary>
internal static class Journal
{
    /// <summary>What recording found.</summary>
    /// <param name="Stale">The lease was lost: nothing was written.</param>
    /// <param name="Done">The batch's last recipient has its outcome.</param>
    /// <param name="Completed">The notification's last recipient has its outcome.</param>
    /// <param name="Stopped">The notification was cancelled: nothing more may be started.</param>
    /// <param name="LeftOut">How many recipients the cancel left out.</param>
    public readonly record struct Recorded(bool Stale, bool Done, bool Completed, bool Stopped = false, long LeftOut = 0)
    {
        /// <summary>What the verdicts did to devices.</summary>
        public AppliedVerdicts Tokens { get; init; }
    }

    private sealed record Left(long Recipients, bool Stopped);

    /// <param name="session">The writer's.</param>
    /// <param name="claim">The lease that the verdicts were got under.</param>
    /// <param name="app">The notification's app.</param>
    /// <param name="results">What to record; each recipient once.</param>
    /// <param name="releaseUntil">Null keeps the lease; else it ends, and what is left of the batch is due then. Unix milliseconds.</param>
    /// <param name="leaseUntil">Until when the lease lasts now if it is kept. Unix milliseconds.</param>
    /// <param name="brake">From when on devices are no longer switched off.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static Recorded Record(
        SqlSession session, Claim claim, long app, IReadOnlyList<DeliveryResult> results, long? releaseUntil, long leaseUntil, BrakeSettings brake, long now)
    {
        var counts = Count(results);
        var batch = claim.Batch;
        var left = session.First(
            reader => new Left(reader.GetInt64(0), reader.GetInt32(1) != 0),
            "UPDATE batch SET leased = @p7, due_at = CASE WHEN stopped = 1 AND @p7 = 0 THEN @p10 ELSE @p8 END, total = total - @p9, accepted = accepted + @p2, failed = failed + @p3, expired = expired + @p4, "
            + "suppressed = suppressed + @p5, unknown = unknown + @p6 "
            + "WHERE id = @p0 AND lease_epoch = @p1 AND done = 0 RETURNING total - accepted - failed - expired - suppressed - unknown, stopped",
            batch.Id, batch.LeaseEpoch, counts.Accepted, counts.Failed, counts.Expired, counts.Suppressed, counts.Unknown,
            releaseUntil is null ? 1 : 0, releaseUntil ?? leaseUntil, results.Count(TrialBatches.IsMoved), now);
        if (left is null)
            return new Recorded(Stale: true, Done: false, Completed: false, Stopped: false);

        DeliveryStore.Write(session, batch.Notification, batch.Provider, results, now);
        TrialBatches.Move(session, batch, results, now);
        var tokens = TokenVerdicts.Apply(session, batch, app, results, brake, now);

        if (left.Recipients == 0 || (batch.IsStopped && releaseUntil is not null))
        {
            // Those whom a cancel leaves out get no row: the batch keeps them.
            session.Execute(
                "UPDATE batch SET done = 1, leased = 0, left_out = @p1, suppressed = suppressed + @p1, recipients = CASE WHEN @p1 > 0 THEN recipients END "
                + "WHERE id = @p0",
                batch.Id, left.Recipients);
            return new Recorded(Stale: false, Done: true, NotificationStore.CompleteIfDone(session, batch.Notification, now), left.Stopped, left.Recipients)
            {
                Tokens = tokens,
            };
        }
        return new Recorded(Stale: false, Done: false, Completed: false, left.Stopped) { Tokens = tokens };
    }

    private static (int Accepted, int Failed, int Expired, int Suppressed, int Unknown) Count(IReadOnlyList<DeliveryResult> results)
    {
        var counts = (Accepted: 0, Failed: 0, Expired: 0, Suppressed: 0, Unknown: 0);
        foreach (var result in results)
        {
            switch (result.Outcome)
            {
                case DeliveryOutcome.Accepted:
                    counts.Accepted++;
                    break;
                case DeliveryOutcome.Failed:
                    counts.Failed++;
                    break;
                case DeliveryOutcome.Expired:
                    counts.Expired++;
                    break;
                case DeliveryOutcome.Suppressed:
                    counts.Suppressed++;
                    break;
                case DeliveryOutcome.Unknown:
                    counts.Unknown++;
                    break;
                case DeliveryOutcome.Pending:
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(results), result.Outcome, "not an outcome");
            }
        }
        return counts;
    }
}
