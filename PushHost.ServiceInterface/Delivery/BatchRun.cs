using PushHost.Providers;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>One claim from its lease to its last recorded verdict.</summary>
/// <remarks>1. Read the recipients fresh and suppress who must not be sent to. 2. Group by gateway; encode once. 3. Let the provider deliver.
/// 4. Record verdicts in groups as they come. 5. Release the lease, due again when the next retry is.</remarks>
internal sealed class BatchRun(Claim claim, Holding holding, EngineParts parts, CancellationToken stopping, CancellationToken aborting)
{
    private static readonly TimeSpan JournalInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWaitForPace = TimeSpan.FromSeconds(15);

    private readonly Job _job = parts.Jobs.Get(claim.Batch.Notification);

    public async Task RunAsync()
    {
        var ledger = new ClaimLedger(claim, _job, parts);
        var now = parts.Time.UnixMilliseconds();
        if (!claim.Batch.IsStopped && now < _job.OverAt && _job.Pace?.Ahead is { } ahead && ahead > LongestWaitForPace)
        {
            ledger.Postpone(now + (long)ahead.TotalMilliseconds);
            await ledger.TryRecordAsync(release: true);
            return;
        }
        var loaded = Load();
        ledger.Open(loaded);

        var delivery = DeliverAsync(loaded.Due, ledger);
        while (!ledger.IsLost && await Task.WhenAny(delivery, Task.Delay(JournalInterval, parts.Time, CancellationToken.None)) != delivery)
            await ledger.TryRecordAsync(release: false);
        await delivery;
        // A database that is away for a while must not cost the verdicts that are in hand; a lapsed lease does.
        while (!await ledger.TryRecordAsync(release: true) && parts.Time.UnixMilliseconds() < claim.LeaseUntil && !aborting.IsCancellationRequested)
            await Task.Delay(StorageRetry, parts.Time, CancellationToken.None);
    }

    private LoadedRecipients Load()
    {
        var now = parts.Time.UnixMilliseconds();
        using var session = parts.Database.Read();
        var flow = GatewayFor(claim.Batch.Environment) is { } gateway ? parts.Flows.Of(gateway, claim.Batch.Lane) : null;
        // Now or never is never where the gateway cannot be asked.
        if (now < _job.OverAt && !(_job.ExpiryKind == ExpiryKind.Once && flow is { Rests: true }))
            return RecipientLoader.Load(session, claim, _job, now);

        // Its time is over: even retries that are not due yet will never be.
        var loaded = RecipientLoader.Load(session, claim, _job, long.MaxValue);
        var reason = flow?.RestReason ?? "expired";
        loaded.Decided.AddRange(loaded.Due.Select(recipient =>
        {
            var (outcome, why) = recipient.MayHaveBeenSent
                ? (DeliveryOutcome.Unknown, RecipientLoader.LeaseLapsed)
                : (Decision.LapsesTo(recipient.Silences), recipient.LastReason ?? reason);
            return new DeliveryResult(recipient.Device, outcome, why, null, recipient.Attempt - 1, 0, null, recipient.Silences);
        }));
        return loaded with { Due = [], NextDue = null };
    }

    private async Task DeliverAsync(List<DueRecipient> due, ClaimLedger ledger)
    {
        // Nearly always there is one environment, and so one group.
        await Task.WhenAll(due.GroupBy(recipient => GatewayFor(recipient.Environment)).Select(group => DeliverAsync(group.Key, [.. group], ledger)));
    }

    private async Task DeliverAsync(Gateway? gateway, List<DueRecipient> recipients, ClaimLedger ledger)
    {
        if (gateway is null)
        {
            Fail(recipients, "NoCredential", ledger);
            return;
        }
        try
        {
            await new GatewayDelivery(claim, _job, gateway, holding, ledger, parts).RunAsync(recipients, stopping, aborting);
        }
        catch (PayloadTooLargeException)
        {
            Fail(recipients, "PayloadTooLarge", ledger);
        }
        catch (MessageInvalidException error)
        {
            Fail(recipients, $"MessageInvalid: {error.FieldName}", ledger);
        }
    }

    private Gateway? GatewayFor(string? environment) => parts.Providers.For(_job.App, claim.Batch.Provider, environment);

    private static void Fail(List<DueRecipient> recipients, string reason, ClaimLedger ledger)
    {
        foreach (var recipient in recipients)
            ledger.Add(new DeliveryResult(recipient.Device, DeliveryOutcome.Failed, reason, null, recipient.Attempt - 1, 0, null));
    }
}
