using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Hosts;

/// <summary>This host among those that share the database: it tells that it lives, and takes back what a host that fell silent had leased.
/// On a database of its own, whatever is leased at the start was a dead process's.</summary>
internal sealed class HostPresence(Database database, DatabaseWriter writer, DeliverySettings settings, TimeProvider time, ILogger<HostPresence> logger) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private long _lastBeat;
    private volatile int _count = 1;
    private Task _beating = Task.CompletedTask;

    /// <summary>What this host's leases carry; null on a database of its own.</summary>
    public long? Id { get; private set; }

    /// <summary>How many hosts share the database, as of the last beat; at least 1.</summary>
    public int Count => _count;

    /// <summary>Called when batches of another host were taken back.</summary>
    public Action TookBack { get; set; } = () => { };

    /// <summary>Whether requests may start: a host that could not tell for so long that it lives may have lost its leases.</summary>
    public bool MayStart => Id is null || TimeProvider.System.GetElapsedTime(Volatile.Read(ref _lastBeat)) < settings.HostTimeout;

    /// <summary>Comes before the first claim.</summary>
    public async Task JoinAsync()
    {
        if (!database.IsShared)
        {
            Tell(await writer.WriteAsync(WriteLane.Engine, session => BatchStore.ReleaseAll(session, time.UnixMilliseconds())));
            return;
        }
        await EnterAsync();
        Tell(await TakeBackAsync());
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>Comes after the last claim: what is still leased is free at once.</summary>
    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await _beating;
        if (Id is not { } id)
            return;
        Id = null;
        try
        {
            await writer.WriteAsync(WriteLane.Engine, session =>
            {
                HostStore.Leave(session, id);
                return true;
            });
        }
        catch (StorageUnavailableException error)
        {
            logger.HostNotSeen(error.Message);
        }
    }

    public void Dispose() => _leaving.Dispose();

    private async Task EnterAsync()
    {
        Id = await writer.WriteAsync(WriteLane.Engine, session => HostStore.Join(session, Environment.MachineName));
        Volatile.Write(ref _lastBeat, TimeProvider.System.GetTimestamp());
    }

    // On the real clock: the other hosts' is no test's.
    private async Task BeatAsync()
    {
        while (true)
        {
            await Task.Delay(settings.HostTimeout / 3, TimeProvider.System, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_leaving.IsCancellationRequested)
                return;
            try
            {
                var sent = TimeProvider.System.GetTimestamp();
                if (await writer.WriteAsync(WriteLane.Caller, session => HostStore.Beat(session, Id!.Value)))
                    Volatile.Write(ref _lastBeat, sent);
                else
                    await EnterAsync();
                Tell(await TakeBackAsync());
            }
            // The next beat tells more; until then nothing is started.
            catch (Exception error)
            {
                logger.HostNotSeen(error.Message);
            }
        }
    }

    private async Task<int> TakeBackAsync()
    {
        var (batches, count) = await writer.WriteAsync(
            WriteLane.Engine, session => (HostStore.TakeBack(session, settings.HostTimeout, time.UnixMilliseconds()), HostStore.Count(session)));
        _count = Math.Max(1, count);
        return batches;
    }

    private void Tell(int batches)
    {
        if (batches == 0)
            return;
        logger.TookUp(batches);
        TookBack();
    }
}
