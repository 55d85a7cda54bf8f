using Microsoft.Extensions.Hosting;
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
    private readonly Signal _planning;
    private readonly Signal _delivering;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private Task _loops = Task.CompletedTask;

    public DeliveryEngine(EngineParts parts)
    {
        _parts = parts;
        _planning = new Signal(parts.Time);
        _delivering = new Signal(parts.Time);
        _planner = new Planner(parts, _delivering.Ring);
        _slots = new SemaphoreSlim(parts.Settings.MaxBatches);
    }

    /// <summary>There is a notification to plan.</summary>
    public void RingPlanner() => _planning.Ring();

    /// <summary>There are batches to deliver.</summary>
    public void RingDispatcher() => _delivering.Ring();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var left = await _parts.Writer.WriteAsync(WriteLane.Engine, session => BatchStore.ReleaseAll(session, _parts.Time.UnixMilliseconds()));
        if (left > 0)
            _parts.Logger.TookUp(left);
        _loops = Task.WhenAll(
            Task.Run(() => LoopAsync(PlanAsync), CancellationToken.None),
            Task.Run(() => LoopAsync(ClaimAsync), CancellationToken.None));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loops;
        var left = await TakeSlotsAsync(_parts.Settings.MaxBatches, cancellationToken);
        if (left > 0)
        {
            await _aborting.CancelAsync();
            await TakeSlotsAsync(left, CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborting.Dispose();
        _slots.Dispose();
    }

    private async Task LoopAsync(Func<Task> step)
    {
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
        await _slots.WaitAsync(_stopping.Token);
        Claim? claim = null;
        try
        {
            claim = await _parts.Writer.WriteAsync(WriteLane.Engine, session =>
            {
                var now = _parts.Time.UnixMilliseconds();
                return BatchStore.Claim(session, now, now + (long)_parts.Settings.Lease.TotalMilliseconds);
            });
        }
        finally
        {
            if (claim is null)
                _slots.Release();
        }
        if (claim is not null)
            _ = Task.Run(() => RunAsync(claim), CancellationToken.None);
        else
            await _delivering.WaitAsync(UntilNextDue(), _stopping.Token);
    }

    private async Task RunAsync(Claim claim)
    {
        try
        {
            await new BatchRun(claim, _parts, _stopping.Token, _aborting.Token).RunAsync();
        }
        // The lease lapses and the batch is claimed again: nothing is lost, and the loop goes on.
        catch (Exception error)
        {
            _parts.Logger.BatchFailed(claim.Batch.Id, error);
        }
        finally
        {
            _slots.Release();
            _delivering.Ring();
        }
    }

    private TimeSpan UntilNextDue()
    {
        using var session = _parts.Database.Read();
        if (BatchStore.NextDue(session) is not { } due)
            return LongestSleep;
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, due - _parts.Time.UnixMilliseconds()));
        return wait < LongestSleep ? wait : LongestSleep;
    }

    // Waits until batches in work have ended, for so long as a stop may take; tells how many have not.
    private async Task<int> TakeSlotsAsync(int slots, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_parts.Settings.StopTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        for (; slots > 0; slots--)
        {
            try
            {
                await _slots.WaitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                return slots;
            }
        }
        return 0;
    }
}
