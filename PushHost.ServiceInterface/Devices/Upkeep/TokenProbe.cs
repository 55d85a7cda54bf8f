using Microsoft.Extensions.Logging;
using PushHost.Providers;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>Asks gateways about tokens without delivering anything. Through the lane of trials: a few at a time, apart from live traffic, and resting when the gateway does.</summary>
internal sealed class TokenProbe(PushProviders providers, GatewayFlows flows, TimeProvider time, ILogger<TokenProbe> logger)
{
    /// <summary>How often a device is asked about whose gateway gave no word.</summary>
    private const int Rounds = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // A message that no gateway can find fault with: then it is the token's.
    private static readonly Rendering Plain = new() { Message = new PushMessage { Body = "?" } };

    /// <summary>The gateway that can be asked about a device; null when there is none.</summary>
    public Gateway? GatewayFor(DeviceRow device) =>
        providers.For(device.App, device.Provider, device.Environment) is { } gateway && gateway.For(DeliveryLane.Trial).CanValidate ? gateway : null;

    /// <summary>Asks about devices of one gateway.</summary>
    /// <param name="gateway">The gateway, of a provider that can validate.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The gateway's verdict for each device that it gave one for.</returns>
    public async Task<Dictionary<long, Verdict>> AskAsync(Gateway gateway, IReadOnlyList<DeviceRow> devices, CancellationToken cancellationToken)
    {
        var flow = flows.Of(gateway, DeliveryLane.Trial);
        var payload = gateway.Encode(Plain);
        var verdicts = new Dictionary<long, Verdict>(devices.Count);
        for (var round = 1; ; round++)
        {
            var open = devices.Where(device => !verdicts.ContainsKey(device.Id)).ToList();
            if (open.Count == 0)
                return verdicts;
            await AskOnceAsync(gateway, flow, payload, open, round, verdicts, cancellationToken);
            if (round == Rounds || verdicts.Count == devices.Count)
                return verdicts;
            await Task.Delay(PauseOf(flow), time, cancellationToken);
        }
    }

    private async Task AskOnceAsync(
        Gateway gateway, LaneFlow flow, EncodedPayload payload, List<DeviceRow> devices, int round, Dictionary<long, Verdict> verdicts, CancellationToken cancellationToken)
    {
        var sink = new ProbeSink(flow, devices.Count);
        var batch = new Batch
        {
            ValidateOnly = true,
            Expiry = Expiry.GatewayDefault,
            Recipients = devices.ConvertAll(device => new Recipient
            {
                Target = new Target(TargetKind.Registration, device.RegistrationId),
                Payload = payload,
                Id = DeliveryId.Of(0, device.Id),
                Attempt = round,
                ProviderData = device.ProviderData,
            }),
        };
        try
        {
            await gateway.For(DeliveryLane.Trial).DeliverAsync(batch, sink, cancellationToken);
        }
        // A plugin is foreign code: what it throws is no reason to lose the others' verdicts.
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.ProbeFailed(gateway.ProviderName, error.GetType().Name);
        }
        finally
        {
            sink.End();
        }
        for (var i = 0; i < devices.Count; i++)
        {
            // Whatever else the gateway says is about itself, or about us.
            if (sink.VerdictOf(i) is { } verdict and (Accepted or Replaced or Unregistered or TokenRejected))
                verdicts[devices[i].Id] = verdict;
        }
    }

    private TimeSpan PauseOf(LaneFlow flow)
    {
        var rest = TimeSpan.FromMilliseconds(Math.Max(1000, flow.RestUntil - time.UnixMilliseconds()));
        return rest < LongestPause ? rest : LongestPause;
    }
}
