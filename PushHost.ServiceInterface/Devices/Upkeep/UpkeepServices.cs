using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>What operators do to many devices at once: restoring what was switched off, pruning what nobody uses. In short transactions behind callers' work,
/// so that nobody notices.</summary>
internal sealed class UpkeepServices(
    Database database, DatabaseWriter writer, PushProviders providers, TokenProbe probe, Caller caller, TimeProvider time, ILogger<UpkeepServices> logger) : IService
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    [RequiresScope(Scopes.Admin)]
    [RefuseUnknownMembers]
    [Fails(ErrorCodes.NotFound)]
    public async Task<RestoreReport> Post(RestoreDevices request, CancellationToken cancellationToken)
    {
        var restore = DeviceRestore.From(request, caller.App(request.AppId));
        var sweep = restore.Sweep(database);
        var report = new RestoreReport();
        var lastWord = time.GetTimestamp();
        while (sweep.Next() is { } piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report.Restored += await writer.WriteAsync(WriteLane.Engine, session => restore.Restore(session, piece));
            if (IsTimeForProgress(ref lastWord))
                logger.RestoreGoesOn(piece.Until, report.Restored);
        }
        report.Last = sweep.Last;
        logger.Restored(report.Restored);
        return report;
    }

    [RequiresScope(Scopes.Admin)]
    [RefuseUnknownMembers]
    [Fails(Faults.UnknownProvider, ErrorCodes.NotFound)]
    public async Task<PruneReport> Post(PruneDevices request, CancellationToken cancellationToken)
    {
        var prune = DevicePrune.From(request, caller.App(request.AppId), providers, time.GetUtcNow());
        var sweep = prune.Sweep(database);
        var report = new PruneReport();
        var run = prune.Probes ? new ProbedPrune(prune, probe, writer, time) : null;
        var lastWord = time.GetTimestamp();
        while (sweep.Next() is { } piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (run is not null)
                await run.PruneAsync(piece, report, cancellationToken);
            else
                await PruneAsync(prune, piece, report);
            if (IsTimeForProgress(ref lastWord))
                logger.PruneGoesOn(piece.Until, report.Examined, report.Deactivated, report.Deleted);
        }
        report.Last = sweep.Last;
        logger.Pruned(prune.IsDry, report.Examined, report.Deactivated, report.Deleted);
        return report;
    }

    private async Task PruneAsync(DevicePrune prune, SweptPiece piece, PruneReport report)
    {
        report.Examined += piece.Devices.Count;
        var active = piece.Devices.Count(device => device.State == DeviceState.Active);
        if (prune.Deletes)
            report.Deleted += prune.IsDry ? piece.Devices.Count : await writer.WriteAsync(WriteLane.Engine, session => PruneTransaction.Delete(session, piece.Narrow(prune.Where())));
        else if (active > 0)
            report.Deactivated += prune.IsDry ? active : await writer.WriteAsync(
                WriteLane.Engine, session => PruneTransaction.SwitchOff(session, piece.Narrow(prune.Where()), time.UnixMilliseconds()));
    }

    private bool IsTimeForProgress(ref long lastWord)
    {
        if (time.GetElapsedTime(lastWord) < ProgressInterval)
            return false;
        lastWord = time.GetTimestamp();
        return true;
    }
}
