using PushHost.Providers;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>One prune that asks gateways before it does anything.</summary>
internal sealed class ProbedPrune(DevicePrune prune, TokenProbe probe, DatabaseWriter writer, TimeProvider time)
{
    // Gateways whose credential is known good in this run, since they took somebody's token.
    private readonly HashSet<Gateway> _proven = [];

    /// <summary>Asks about a piece's devices, and prunes those whose token is dead.</summary>
    public async Task PruneAsync(SweptPiece piece, PruneReport report, CancellationToken cancellationToken)
    {
        report.Undecided ??= 0;
        foreach (var group in piece.Devices.GroupBy(probe.GatewayFor))
        {
            if (group.Key is not { } gateway)
                continue;
            var asked = time.UnixMilliseconds();
            var verdicts = await probe.AskAsync(gateway, [.. group], cancellationToken);
            if (verdicts.Values.Any(verdict => verdict is Accepted or Replaced))
                _proven.Add(gateway);
            var pruned = group.Select(device => (Device: device, Does: What(device, verdicts.GetValueOrDefault(device.Id), gateway, asked)))
                .Where(each => each.Does is not null).ToList();
            report.Examined += group.Count();
            report.Undecided += group.Count() - verdicts.Count;
            var (deactivated, deleted) = prune.IsDry
                ? (pruned.Count(each => !Deletes(each.Does!)), pruned.Count(each => Deletes(each.Does!)))
                : await writer.WriteAsync(WriteLane.Engine, session => Run(session, pruned));
            report.Deactivated += deactivated;
            report.Deleted += deleted;
        }
    }

    // Only a definite word deletes.
    private bool Deletes(TokenAction.SwitchOff action) => prune.Deletes && action is TokenAction.Deactivate;

    private TokenAction.SwitchOff? What(DeviceRow device, Verdict? verdict, Gateway gateway, long asked) => verdict switch
    {
        Unregistered dead when IsDeadSince(device, dead.Since?.ToUnixTimeMilliseconds() ?? asked) is { } since && (prune.Deletes || device.State == DeviceState.Active) =>
            new TokenAction.Deactivate(device.RegistrationId, dead.Reason, since),
        TokenRejected doubted when device.State == DeviceState.Active && (!doubted.MayBeOurFault || _proven.Contains(gateway)) =>
            new TokenAction.Quarantine(device.RegistrationId, doubted.Reason, asked, device.RejectedIn, doubted.MayBeOurFault),
        _ => null,
    };

    private static long? IsDeadSince(DeviceRow device, long since) => device.RegisteredAt <= since ? since : null;

    private (int Deactivated, int Deleted) Run(SqlSession session, List<(DeviceRow Device, TokenAction.SwitchOff? Does)> pruned)
    {
        var now = time.UnixMilliseconds();
        var (deactivated, deleted) = (0, 0);
        foreach (var (device, does) in pruned)
        {
            if (Deletes(does!))
            {
                deleted += PruneTransaction.Delete(session, prune.Where()
                    .And($"id = {device.Id}").And($"registration_id = {does!.SentTo}").And($"registered_at <= {does.Since}"));
            }
            else if (TokenVerdicts.SwitchOff(session, device.Id, does!, notification: null, now))
            {
                deactivated++;
            }
        }
        return (deactivated, deleted);
    }
}
