using Microsoft.Extensions.Logging;
using PushHost.Providers;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>What the engine's parts share.</summary>
internal sealed record EngineParts(
    Database Database, DatabaseWriter Writer, PushProviders Providers, GatewayFlows Flows, Jobs Jobs, Completions Completions,
    DeliverySettings Settings, TimeProvider Time, ILogger Logger);

/// <summary>One claim from its lease to its last recorded verdict.</summary>
/// <remarks>1. Read the recipients fresh and suppress who must not be sent to. 2. Group by gateway; encode once. 3. Let the provider deliver.
/// 4. Record verdicts in groups as they come. 5. Release the lease, due again when the next retry is.</remarks>
internal sealed class BatchRun(Claim claim, EngineParts parts, CancellationToken stopping, CancellationToken aborting)
{
    private static readonly TimeSpan JournalInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private List<DeliveryResult> _waiting = [];
    private long? _nextDue;
    private int _undecided;
    private bool _stale;
    private bool _done;

    public async Task RunAsync()
    {
        var job = parts.Jobs.Get(claim.Batch.Notification);
        var loaded = Load(job);
        _waiting.AddRange(loaded.Decided);
        _nextDue = loaded.NextDue;
        _undecided = loaded.Due.Count;

        var delivery = DeliverAsync(job, loaded.Due);
        while (!Volatile.Read(ref _stale) && await Task.WhenAny(delivery, Task.Delay(JournalInterval, parts.Time, CancellationToken.None)) != delivery)
            await TryRecordAsync(job, release: false);
        await delivery;
        // A database that is away for a while must not cost the verdicts that are in hand; a lapsed lease does.
        while (!await TryRecordAsync(job, release: true) && parts.Time.UnixMilliseconds() < claim.LeaseUntil && !aborting.IsCancellationRequested)
            await Task.Delay(StorageRetry, parts.Time, CancellationToken.None);
    }

    private LoadedRecipients Load(Job job)
    {
        var now = parts.Time.UnixMilliseconds();
        using var session = parts.Database.Read();
        var loaded = RecipientLoader.Load(session, claim, job.Listed, now);
        if (job.ExpiryKind == ExpiryKind.Once || now < job.NotAfter)
            return loaded;
        // Its time is over: even retries that are not due yet will never be.
        loaded = RecipientLoader.Load(session, claim, job.Listed, long.MaxValue);
        var flow = parts.Providers.For(job.App, claim.Batch.Provider, claim.Batch.Environment) is { } gateway ? parts.Flows.Of(gateway) : null;
        var reason = flow?.RestReason ?? "expired";
        loaded.Decided.AddRange(loaded.Due.Select(recipient =>
            new DeliveryResult(recipient.Device, recipient.LapsesTo, recipient.LastReason ?? reason, null, recipient.Attempt - 1, 0, null)));
        return loaded with { Due = [], NextDue = null };
    }

    private async Task DeliverAsync(Job job, List<DueRecipient> due)
    {
        if (due.Count == 0)
            return;
        // Nearly always there is one environment, and so one group.
        var groups = due.GroupBy(recipient => parts.Providers.For(job.App, claim.Batch.Provider, recipient.Environment));
        await Task.WhenAll(groups.Select(group => DeliverAsync(job, group.Key, [.. group])));
    }

    private async Task DeliverAsync(Job job, Gateway? gateway, List<DueRecipient> recipients)
    {
        if (gateway is null)
        {
            Fail(recipients, "NoCredential");
            return;
        }
        EncodedPayload payload;
        try
        {
            payload = job.PayloadFor(gateway);
        }
        catch (PayloadTooLargeException)
        {
            Fail(recipients, "PayloadTooLarge");
            return;
        }
        catch (MessageInvalidException error)
        {
            Fail(recipients, $"MessageInvalid: {error.FieldName}");
            return;
        }

        var batch = new Batch
        {
            Expiry = job.Expiry,
            Recipients = recipients.ConvertAll(recipient => new Recipient
            {
                Target = new Target(TargetKind.Registration, recipient.RegistrationId),
                Payload = payload,
                Id = DeliveryId.Of(job.Id, recipient.Device),
                Attempt = recipient.Attempt,
                ProviderData = recipient.ProviderData,
            }),
        };
        var flow = parts.Flows.Of(gateway);
        // A verdict that comes after it was asked for is about the token as it was then.
        var started = parts.Time.UnixMilliseconds();
        var sink = new VerdictSink(
            recipients.Count, flow, MayStart, (index, verdict) => Take(job, gateway, flow, recipients[index], batch.Recipients[index].Id, verdict, started));
        string? failure = "the provider reported no verdict";
        try
        {
            await gateway.Provider.DeliverAsync(batch, sink, aborting);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            failure = null;
        }
        // A plugin is foreign code: what it throws is no reason to lose the others' verdicts.
        catch (Exception error)
        {
            parts.Logger.ProviderFailed(gateway.ProviderName, claim.Batch.Id, error.GetType().Name);
            failure = $"the provider failed: {error.GetType().Name}";
            flow.Rest(failure);
        }
        sink.End(aborting.IsCancellationRequested ? null : failure);
    }

    private bool MayStart() =>
        !stopping.IsCancellationRequested && !Volatile.Read(ref _stale)
        && claim.LeaseUntil - parts.Time.UnixMilliseconds() > parts.Settings.RequestMargin.TotalMilliseconds;

    private void Take(Job job, Gateway gateway, GatewayFlow flow, DueRecipient recipient, Guid id, Verdict verdict, long started)
    {
        TellFlow(gateway, flow, verdict);
        var now = parts.Time.UnixMilliseconds();
        var decision = RetryPolicy.Decide(verdict, recipient.Attempt, job.NotAfter, job.ExpiryKind, now, Random.Shared.NextDouble());
        if (decision.Outcome == DeliveryOutcome.Unspecified)
            return;
        var (messageId, token) = verdict switch
        {
            Accepted accepted => (accepted.GatewayMessageId, (TokenAction?)null),
            Replaced replaced => (replaced.GatewayMessageId, new TokenAction.Replace(recipient.RegistrationId, replaced.RegistrationId)),
            Unregistered dead => (null, new TokenAction.Deactivate(
                recipient.RegistrationId, dead.Reason, dead.Since?.ToUnixTimeMilliseconds() ?? started)),
            _ => (null, null),
        };
        var result = new DeliveryResult(
            recipient.Device, decision.Outcome, decision.Outcome == DeliveryOutcome.Accepted ? null : verdict.Reason,
            messageId, recipient.Attempt, decision.DueAt, token, decision.LapsesTo);
        lock (_gate)
        {
            _waiting.Add(result);
            _undecided--;
            if (decision.Outcome == DeliveryOutcome.Pending)
                _nextDue = Math.Min(_nextDue ?? long.MaxValue, decision.DueAt);
        }
    }

    private void TellFlow(Gateway gateway, GatewayFlow flow, Verdict verdict)
    {
        var fell = verdict switch
        {
            CredentialRejected { Scope: not VerdictScope.Target } => flow.Rest(verdict.Reason),
            Throttled { Scope: not VerdictScope.Target } throttled => flow.Rest(verdict.Reason, throttled.NotBefore),
            Unavailable { Scope: not VerdictScope.Target } => flow.Rest(verdict.Reason),
            Unavailable { MayHaveProcessed: false } => flow.Rest(verdict.Reason),
            _ => false,
        };
        if (fell)
            parts.Logger.GatewayRests(gateway.ProviderName, gateway.Environment, verdict.Reason);
        else if (verdict is Accepted or Replaced)
            flow.Well();
    }

    private void Fail(List<DueRecipient> recipients, string reason)
    {
        lock (_gate)
        {
            _undecided -= recipients.Count;
            _waiting.AddRange(recipients.Select(recipient =>
                new DeliveryResult(recipient.Device, DeliveryOutcome.Failed, reason, null, recipient.Attempt - 1, 0, null)));
        }
    }

    private async Task<bool> TryRecordAsync(Job job, bool release)
    {
        List<DeliveryResult> results;
        lock (_gate)
        {
            results = _waiting;
            if (_done || (results.Count == 0 && !release))
                return true;
            _waiting = [];
        }
        try
        {
            await RecordAsync(job, results, release);
            return true;
        }
        catch (StorageUnavailableException error)
        {
            parts.Logger.NotRecorded(claim.Batch.Id, results.Count, error.Message);
            lock (_gate)
                _waiting.InsertRange(0, results);
            return false;
        }
    }

    private async Task RecordAsync(Job job, List<DeliveryResult> results, bool release)
    {
        var recorded = await parts.Writer.WriteAsync(WriteLane.Engine, session =>
        {
            var now = parts.Time.UnixMilliseconds();
            return Journal.Record(session, claim, job.App, results, release ? ReleaseUntil(job, now) : null, now);
        });
        _done = recorded.Done;
        if (recorded.Stale)
        {
            Volatile.Write(ref _stale, true);
            parts.Logger.LeaseLost(claim.Batch.Id, claim.Batch.LeaseEpoch);
        }
        if (recorded.Completed)
        {
            parts.Jobs.Forget(job.Id);
            parts.Completions.Complete(job.Id);
        }
    }

    // When the batch is due again: with its next retry; with its gateway, if that rests; at once, if the lease or the host cut it short.
    private long ReleaseUntil(Job job, long now)
    {
        var gateway = parts.Providers.For(job.App, claim.Batch.Provider, claim.Batch.Environment);
        var rest = gateway is null ? 0 : parts.Flows.Of(gateway).RestUntil;
        if (rest > now)
            return Math.Min(rest, Math.Max(job.NotAfter, now));
        return _undecided > 0 || _nextDue is null ? now : Math.Max(_nextDue.Value, now);
    }
}
