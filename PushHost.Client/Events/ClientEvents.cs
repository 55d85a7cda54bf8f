using System.Runtime.CompilerServices;
using PushHost.ServiceModel;

namespace PushHost.Client;

/// <summary>What happens to a notification.</summary>
public sealed partial class PushHostClient
{
    /// <summary>Follows a notification until it has ended: as it is now, and again whenever its counts or its state have changed, at most four times a second.</summary>
    /// <remarks>A stream that breaks off, or stays silent for <see cref="PushHostClientOptions.AttemptTimeout"/>, is opened again.</remarks>
    /// <exception cref="PushHostException">The host refused it, or stayed away.</exception>
    public async IAsyncEnumerable<Notification> WatchAsync(WatchNotification request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var events = new NotificationEvents(_sender, _options, request);
        while (await events.NextAsync(cancellationToken).ConfigureAwait(false) is { } notification)
            yield return notification;
    }
}
