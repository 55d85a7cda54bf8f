using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Storage;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Looks after the notifications that somebody watches. Each is read at most four times a second, however many watch it, and nothing is read
/// while nobody does.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class NotificationWatch(Database database, AppDirectory apps, TimeProvider time, ILogger<NotificationWatch> logger)
{
    /// <summary>The most watchers of a host.</summary>
    public const int MaxWatchers = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(10);

    // Reading takes at most a tenth of the time, however much is watched.
    private const int PausePerWork = 9;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, WatchedNotification> _watched = [];
    private int _watchers;
    private bool _isLooking;

    /// <summary>Begins to watch; to be disposed.</summary>
    /// <exception cref="RequestException">429: too many watch already.</exception>
    public Watcher Watch(long notification)
    {
        lock (_gate)
        {
            if (_watchers >= MaxWatchers)
                throw RequestException.TooManyRequests($"{MaxWatchers} requests watch notifications already: ask for the notification itself, or come again", ComeAgain);
            if (!_watched.TryGetValue(notification, out var watched))
                _watched.Add(notification, watched = new WatchedNotification());
            watched.Watchers++;
            _watchers++;
            if (!_isLooking)
            {
                _isLooking = true;
                _ = Task.Run(LookAsync);
            }
            return new Watcher(watched, () => Leave(notification, watched));
        }
    }

    private void Leave(long notification, WatchedNotification watched)
    {
        lock (_gate)
        {
            _watchers--;
            if (--watched.Watchers == 0)
                _watched.Remove(notification);
        }
    }

    private async Task LookAsync()
    {
        while (true)
        {
            KeyValuePair<long, WatchedNotification>[] watched;
            lock (_gate)
            {
                _isLooking = _watched.Count > 0;
                if (!_isLooking)
                    return;
                watched = [.. _watched];
            }
            var started = time.GetTimestamp();
            try
            {
                LookAt(watched);
            }
            // A database that is away for a while ends no watch.
            catch (Exception error)
            {
                logger.WatchStumbled(error.Message);
            }
            var worked = PausePerWork * time.GetElapsedTime(started);
            await Task.Delay(worked > Pause ? worked : Pause, time);
        }
    }

    private void LookAt(KeyValuePair<long, WatchedNotification>[] watched)
    {
        using var session = database.Read();
        foreach (var (id, notification) in watched)
        {
            if (notification.Latest is { IsLast: true })
                continue;
            // One that was deleted has ended, and its watchers were told so before.
            if (NotificationStore.Find(session, id) is { } row)
                notification.Show(WireWriter.Write(row.ToDto(apps.ById(row.App)!.Name)), isLast: row.CompletedAt is not null);
            else
                notification.Show([], isLast: true);
        }
    }
}
