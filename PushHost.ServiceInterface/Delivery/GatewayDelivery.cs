using PushHost.Providers;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Hands the recipients of one gateway to its provider and turns its verdicts into results.</summary>
/// <param name="claim">The lease.</param>
/// <param name="job">The claim's notification.</param>
/// <param name="gateway">The gateway.</param>
/// <param name="holding">What the claim holds.</param>
/// <param name="ledger">Takes the results.</param>
/// <param name="parts">The engine's.</param>
internal sealed class GatewayDelivery(Claim claim, Job job, Gateway gateway, Holding holding, ClaimLedger ledger, EngineParts parts)
{
    private static readonly TimeSpan EncodingRest = TimeSpan.FromMinutes(1);

    private readonly LaneFlow _flow = parts.Flows.Of(gateway, claim.Batch.Lane);

    // A verdict that names no moment is about the token as it was when it was asked about.
    private readonly long _started = parts.Time.UnixMilliseconds();

    /// <param name="recipients">Whom to send to.</param>
    /// <param name="stopping">Cancelled when nothing more may be started.</param>
    /// <param name="aborting">Cancelled when what is in flight must end too.</param>
    /// <exception cref="PayloadTooLargeException">Nothing was sent.</exception>
    /// <exception cref="MessageInvalidException">Nothing was sent.</exception>
    public async Task RunAsync(List<DueRecipient> recipients, CancellationToken stopping, CancellationToken aborting)
    {
        if (Encode() is not { } payload)
            return;
        var batch = new Batch { Expiry = job.Expiry, Recipients = recipients.ConvertAll(recipient => ToRecipient(recipient, payload)) };
        var sink = new VerdictSink(
            recipients.Count, _flow, holding, new StartGate(claim, job, holding, ledger, parts, stopping).MayStartAsync,
            (index, verdict, after) => Take(recipients[index], verdict, after), parts.Time);
        string? failure = "the provider reported no verdict";
        try
        {
            await gateway.For(claim.Batch.Lane).DeliverAsync(batch, sink, aborting);
            if (sink.AreSomeLeftOut)
            {
                // They would be claimed again at once, and for ever.
                parts.Logger.ProviderLeftOut(gateway.ProviderName, claim.Batch.Id);
                Rest("the provider left recipients out", AlarmNames.GatewayUnavailable);
            }
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            failure = null;
        }
        // A plugin is foreign code: what it throws is no reason to lose the others' verdicts.
        catch (Exception error)
        {
            failure = RestAfter(error);
        }
        // What a stop cuts off is sent again after the next start, unless it must not be sent twice.
        if (aborting.IsCancellationRequested)
            failure = job.OnUnknown == OnUnknown.Stop ? "the host stopped" : null;
        sink.End(failure);
        HoldBack();
    }

    // A plugin may fail at one message and not at the next. All of this one's batches wait for a while, so that it is not in the way of the others.
    private EncodedPayload? Encode()
    {
        if (job.EncodingRestsUntil(gateway) <= parts.Time.UnixMilliseconds())
        {
            try
            {
                return job.PayloadFor(gateway);
            }
            catch (Exception error) when (error is not (PayloadTooLargeException or MessageInvalidException))
            {
                RestAfter(error);
                job.RestEncoding(gateway, parts.Time.UnixMilliseconds() + (long)EncodingRest.TotalMilliseconds);
            }
        }
        ledger.HoldBack(job.EncodingRestsUntil(gateway));
        return null;
    }

    // Its own queue is left alone while its gateway rests; for one that a device has moved to meanwhile, nobody else looks.
    private void HoldBack()
    {
        if (_flow.Rests && gateway != parts.Providers.For(job.App, claim.Batch.Provider, claim.Batch.Environment))
            ledger.HoldBack(_flow.RestUntil);
    }

    private Recipient ToRecipient(DueRecipient recipient, EncodedPayload payload) => new()
    {
        Target = new Target(TargetKind.Registration, recipient.RegistrationId),
        Payload = payload,
        Id = DeliveryId.Of(job.Id, recipient.Device),
        Attempt = recipient.Attempt,
        ProviderData = recipient.ProviderData,
    };

    private void Take(DueRecipient recipient, Verdict verdict, TimeSpan after)
    {
        parts.Meter.Answered(gateway.ProviderName, after);
        TellFlow(verdict);
        var decision = RetryPolicy.Decide(
            verdict, recipient.Attempt, recipient.Silences, job.NotAfter, job.ExpiryKind, job.OnUnknown, parts.Time.UnixMilliseconds(), Random.Shared.NextDouble());
        if (decision.Outcome == DeliveryOutcome.Unspecified)
            return;
        var token = TokenJudgement.Of(verdict, recipient, gateway.Environment, CanTry, Canonical, _started);
        if (token is TokenAction.TryElsewhere)
            decision = new Decision(DeliveryOutcome.Pending, 0, recipient.Silences);
        var messageId = verdict switch
        {
            Accepted accepted => accepted.GatewayMessageId,
            Replaced replaced => replaced.GatewayMessageId,
            _ => null,
        };
        ledger.Add(new DeliveryResult(
            recipient.Device, decision.Outcome, decision.Outcome == DeliveryOutcome.Accepted ? null : verdict.Reason,
            messageId, recipient.Attempt, decision.DueAt, token, decision.Silences));
    }

    private bool CanTry(string environment) => parts.Providers.For(job.App, gateway.ProviderName, environment)?.Environment == environment;

    private string? Canonical(string token) =>
        parts.Providers.Find(gateway.ProviderName) is { } provider ? DeviceRules.Canonical(provider, new RegistrationForm(token, DeviceRules.DefaultKind, null)).Canonical : null;

    private void TellFlow(Verdict verdict)
    {
        switch (verdict)
        {
            case CredentialRejected { Scope: not VerdictScope.Target }:
                Rest(verdict.Reason, AlarmNames.CredentialRejected);
                break;
            // A time that the gateway names is for those it answered; whether it is back is tried sooner.
            case Unavailable { Scope: not VerdictScope.Target }:
                Rest(verdict.Reason, AlarmNames.GatewayUnavailable);
                break;
            // Its quota is this lane's own doing; another lane is told by its own answers.
            case Throttled { Scope: not VerdictScope.Target } throttled:
                if (_flow.Rest(verdict.Reason, throttled.NotBefore))
                    parts.Logger.LaneRests(gateway.Name, claim.Batch.Lane, _flow.RestUntil.ToTime(), verdict.Reason);
                break;
            case Unavailable { MayHaveProcessed: false }:
                _flow.Rest(verdict.Reason, null);
                break;
            case Unavailable or Unknown or CredentialRejected:
                break;
            default:
                if (_flow.Health.Well())
                {
                    parts.Alarms.Clear(AlarmNames.CredentialRejected, gateway);
                    parts.Alarms.Clear(AlarmNames.GatewayUnavailable, gateway);
                    parts.Flows.HealthChanged(gateway);
                }
                break;
        }
    }

    private string RestAfter(Exception error)
    {
        parts.Logger.ProviderFailed(gateway.ProviderName, claim.Batch.Id, error.GetType().Name, error.StackTrace);
        var failure = $"the provider failed: {error.GetType().Name}";
        Rest(failure, AlarmNames.GatewayUnavailable);
        return failure;
    }

    private void Rest(string reason, string alarm)
    {
        if (_flow.Health.Rest(reason))
        {
            parts.Alarms.Clear(alarm == AlarmNames.CredentialRejected ? AlarmNames.GatewayUnavailable : AlarmNames.CredentialRejected, gateway);
            parts.Alarms.RaisePaused(alarm, gateway, reason);
        }
        parts.Flows.HealthChanged(gateway);
    }
}
