using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Deletes notifications that ended long ago, and idempotency keys whose 24 hours are over: a few rows at a time, with pauses, so that nobody waits for it.</summary>
internal sealed class Retention(DatabaseWriter writer, RetentionSettings settings, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    private const int KeysAtOnce = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // 2,500 rows a second, at a twentieth of the writer's time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ForgetKeysAsync() || await DeleteAsync())
                    await Task.Delay(Pause, time, stoppingToken);
            }
            // Old rows do no harm; what cannot be deleted now is deleted later.
            catch (Exception error) when (error is not OperationCanceledException)
            {
                logger.RetentionPutOff(error.Message);
            }
        }
    }

    private async Task<bool> ForgetKeysAsync()
    {
        var until = Ago(NotificationAcceptor.KeysKept);
        return await writer.WriteAsync(WriteLane.Engine, session => NotificationStore.ForgetKeys(session, until, KeysAtOnce)) == KeysAtOnce;
    }

    private Task<bool> DeleteAsync()
    {
        var until = Ago(settings.Notifications);
        return writer.WriteAsync(WriteLane.Engine, session => NotificationRetention.Step(session, until));
    }

    private long Ago(TimeSpan age) => time.UnixMilliseconds() - (long)age.TotalMilliseconds;
}
