namespace PushHost.ServiceInterface.Notifications;

/// <summary>One who watches a notification, and writes what is seen as server-sent events.</summary>
internal sealed class Watcher(WatchedNotification watched, Action leave) : IDisposable
{
    /// <summary>The id of the last event, which a browser sends along when it comes again.</summary>
    public const string EndId = "end";

    // Proxies and phones' networks cut what is silent for a minute or so.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private bool _hasLeft;

    /// <summary>Writes events until the notification has ended.</summary>
    public async Task WriteAsync(Stream stream, TimeProvider time, CancellationToken cancellationToken)
    {
        Glimpse? written = null;
        do
        {
            // Asked for before the look, so that no change is missed in between.
            var changed = watched.Changed;
            if (watched.Latest is { } latest && latest != written)
            {
                await WriteAsync(stream, latest, cancellationToken);
                written = latest;
            }
            else if (!await ChangesAsync(changed, time, cancellationToken))
            {
                await stream.WriteAsync(": still here\n\n"u8.ToArray(), cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
        }
        while (written is not { IsLast: true });
    }

    public void Dispose()
    {
        if (_hasLeft)
            return;
        _hasLeft = true;
        leave();
    }

    private static async Task WriteAsync(Stream stream, Glimpse glimpse, CancellationToken cancellationToken)
    {
        if (glimpse.Json.Length > 0)
        {
            var id = glimpse.IsLast ? $"id: {EndId}\n" : "";
            byte[] written = [.. System.Text.Encoding.UTF8.GetBytes($"event: counts\n{id}data: "), .. glimpse.Json, .. "\n\n"u8];
            await stream.WriteAsync(written, cancellationToken);
        }
        await stream.FlushAsync(cancellationToken);
    }

    private static async Task<bool> ChangesAsync(Task changed, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(Heartbeat, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
