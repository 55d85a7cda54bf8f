using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Forgets idempotency keys whose 24 hours are over, a few at a time, so that the table does not grow with uptime.</summary>
internal sealed class KeyRetention(DatabaseWriter writer, TimeProvider time, ILogger<KeyRetention> logger) : BackgroundService
{
    private const int Chunk = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (StorageUnavailableException error)
            {
                logger.KeysKept(error.Message);
            }
        }
    }

    private async Task ForgetAsync(CancellationToken stoppingToken)
    {
        int forgotten;
        do
        {
            var until = time.UnixMilliseconds() - (long)NotificationAcceptor.KeysKept.TotalMilliseconds;
            forgotten = await writer.WriteAsync(WriteLane.Engine, session => NotificationStore.ForgetKeys(session, until, Chunk));
        }
        while (forgotten == Chunk && !stoppingToken.IsCancellationRequested);
    }
}
