using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Stops notifications. The first batches are closed with the call; those of a large notification, and of one whose host died meanwhile, by a loop.</summary>
internal sealed class Canceller(EngineParts parts, DeliveryEngine engine, ILogger<Canceller> logger) : BackgroundService
{
    // Another host may have marked one and died, or a claim may have moved recipients to a new batch after the sweep.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Signal _marked = new(parts.Time);

    /// <summary>Cancels the app's notification, unless it has ended; durable when it returns.</summary>
    public async Task CancelAsync(long app, long id)
    {
        var swept = await parts.Writer.WriteAsync(WriteLane.Caller, session =>
        {
            var now = parts.Time.UnixMilliseconds();
            return Cancellation.Mark(session, app, id, now) ? Cancellation.Sweep(session, id, now) : null;
        });
        if (swept is not { } first)
            return;
        parts.Jobs.Stop(id);
        parts.Channel.TellCancelled(id);
        logger.Cancelled(id);
        Tell(id, first);
        _marked.Ring();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var stumbling = new RepeatedFailure(parts.Time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAllAsync(stoppingToken);
            }
            // Whatever went wrong, the loop goes on: else what was cancelled would stay half sent.
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (stumbling.IsNews(error.Message))
                    logger.SweepPutOff(error.Message);
            }
            await _marked.WaitAsync(Interval, stoppingToken);
        }
    }

    private async Task SweepAllAsync(CancellationToken stoppingToken)
    {
        foreach (var id in Marked())
        {
            parts.Jobs.Stop(id);
            Cancellation.Swept swept;
            do
            {
                swept = await parts.Writer.WriteAsync(WriteLane.Engine, session => Cancellation.Sweep(session, id, parts.Time.UnixMilliseconds()));
                Tell(id, swept);
            }
            while (swept.More && !stoppingToken.IsCancellationRequested);
        }
    }

    private List<long> Marked()
    {
        using var session = parts.Database.Read();
        return Cancellation.Open(session);
    }

    private void Tell(long id, Cancellation.Swept swept)
    {
        foreach (var leftOut in swept.LeftOut)
            parts.Meter.LeftOut(leftOut.App, leftOut.Provider, leftOut.Recipients);
        // What is stopped is ended by its next claim.
        engine.RingDispatcher();
        if (!swept.Completed)
            return;
        parts.Jobs.Forget(id);
        parts.Completions.Complete(id);
    }
}
