using Microsoft.Extensions.Hosting;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>The engine: one loop plans, one claims and delivers. accept → plan → claim → encode → deliver → record → settle.</summary>
/// <remarks>A stop is graceful and bounded: nothing new is claimed or started, what is in flight finishes and is recorded, and what takes longer than
/// the stop's time is cut off and sent again after the next start.</remarks>
internal sealed class DeliveryEngine : IHostedService, IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stumble = TimeSpan.FromSeconds(1);

    private readonly EngineParts _parts;
    private readonly Planner _planner;
    private readonly Dispatcher _dispatcher;
    private readonly Signal _planning;
    private readonly Signal _delivering;
    private readonly RunningClaims _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private Task _loops = Task.CompletedTask;

    public DeliveryEngine(EngineParts parts)
    {
        _parts = parts;
        _planning = new Signal(parts.Time);
        _delivering = new Signal(parts.Time);
        _planner = new Planner(parts, RingDispatchers);
        _dispatcher = new Dispatcher(parts, Start);
        parts.Flows.RunsLow = _delivering.Ring;
        parts.Hosts.TookBack = RingDispatchers;
        parts.Channel.DeliveriesWait = _delivering.Ring;
        parts.Channel.Completed = parts.Completions.Hear;
        parts.Channel.Cancelled = parts.Jobs.Stop;
        parts.Completions.Tell = parts.Channel.TellCompleted;
    }

    /// <summary>There is a notification to plan.</summary>
    public void RingPlanner() => _planning.Ring();

    /// <summary>There are batches to deliver.</summary>
    public void RingDispatcher() => _delivering.Ring();

    // There is work for every host.
    private void RingDispatchers()
    {
        _delivering.Ring();
        _parts.Channel.TellDeliveriesWait();
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _parts.Hosts.JoinAsync();
        _parts.Channel.Open();
        _loops = Task.WhenAll(
            Task.Run(() => LoopAsync(PlanAsync), CancellationToken.None),
            Task.Run(() => LoopAsync(ClaimAsync), CancellationToken.None));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loops;
        try
        {
            await _running.Idle.WaitAsync(_parts.Settings.StopTimeout, TimeProvider.System, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            await _aborting.CancelAsync();
            await _running.Idle.WaitAsync(_parts.Settings.StopTimeout, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await _parts.Hosts.LeaveAsync();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private async Task LoopAsync(Func<Task> step)
    {
        var stumbling = new RepeatedFailure(_parts.Time);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await step();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever went wrong, a loop that ends would leave every later message pending without a word.
            catch (Exception error)
            {
                if (stumbling.IsNews(error.Message))
                    _parts.Logger.EngineStumbled((int)Stumble.TotalSeconds, error.Message);
                await Task.Delay(Stumble, _parts.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PlanAsync()
    {
        if (!await _planner.StepAsync())
            await _planning.WaitAsync(LongestSleep, _stopping.Token);
    }

    private async Task ClaimAsync()
    {
        var sleep = await _dispatcher.StepAsync();
        if (sleep > TimeSpan.Zero)
            await _delivering.WaitAsync(sleep, _stopping.Token);
    }

    private void Start(Claim claim, Holding holding)
    {
        _running.Begin();
        _ = Task.Run(() => RunAsync(claim, holding), CancellationToken.None);
    }

    private async Task RunAsync(Claim claim, Holding holding)
    {
        try
        {
            await new BatchRun(claim, holding, _parts, _stopping.Token, _aborting.Token).RunAsync();
        }
        // The lease lapses and the batch is claimed again: nothing is lost, and the loop goes on.
        catch (Exception error)
        {
            _parts.Logger.BatchFailed(claim.Batch.Id, error);
        }
        finally
        {
            holding.Dispose();
            _running.End();
            _delivering.Ring();
        }
    }
}
