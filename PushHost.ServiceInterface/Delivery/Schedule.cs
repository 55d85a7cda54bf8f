using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Hands notifications to the planner when their time has come, however often hosts are restarted in between. Each host has one such loop;
/// whichever is first begins a notification.</summary>
internal sealed class Schedule(Database database, DatabaseWriter writer, DeliveryEngine engine, TimeProvider time, ILogger<Schedule> logger) : BackgroundService
{
    // Another host may have accepted an earlier one meanwhile.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);

    private readonly Signal _changed = new(time);

    /// <summary>There is another notification to wait for, or the clock was turned.</summary>
    public void Ring() => _changed.Ring();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var stumbling = new RepeatedFailure(time);
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                sleep = await StepAsync();
            }
            // Whatever went wrong, a loop that ends would leave every later message waiting without a word.
            catch (Exception error)
            {
                if (stumbling.IsNews(error.Message))
                    logger.ScheduleStumbled(error.Message);
            }
            if (sleep > TimeSpan.Zero)
                await _changed.WaitAsync(sleep, stoppingToken);
        }
    }

    // Begins what is due; tells how long to sleep.
    private async Task<TimeSpan> StepAsync()
    {
        if (Next() is not { } next)
            return LongestSleep;
        var wait = TimeSpan.FromMilliseconds(next - time.UnixMilliseconds());
        if (wait > TimeSpan.Zero)
            return wait < LongestSleep ? wait : LongestSleep;
        var begun = await writer.WriteAsync(WriteLane.Engine, session => NotificationStore.BeginScheduled(session, time.UnixMilliseconds()));
        if (begun > 0)
            engine.RingPlanner();
        return TimeSpan.Zero;
    }

    private long? Next()
    {
        using var session = database.Read();
        return session.Number("SELECT MIN(send_at) FROM notification WHERE state = 1");
    }
}
