using PushHost.Providers;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>A notification as its batches need it: its times, and its payloads, each encoded once.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="row">The notification.</param>
/// <param name="time">The clock.</param>
/// <param name="hosts">How many hosts deliver it now; null for this one alone.</param>
internal sealed class Job(NotificationRow row, TimeProvider time, Func<int>? hosts = null)
{
    private readonly Dictionary<Gateway, EncodedPayload> _payloads = [];
    private readonly Dictionary<Gateway, long> _encodingRestsUntil = [];
    private volatile bool _isStopped = row.CancelledAt is not null;
    private Message? _message;

    // Needed only where a device changed hands, and as long as a list of users may be.
    private readonly Lazy<HashSet<string>> _users = new(() => [.. AudienceSpec.FromJson(row.Audience).UserIds ?? []]);

    public long Id => row.Id;

    public long App => row.App;

    /// <summary>Whether the audience was chosen one by one.</summary>
    public bool Listed { get; } = AudienceSpec.FromJson(row.Audience).Listed;

    /// <summary>How fast it may be sent; null for as fast as the gateways take it.</summary>
    public Pace? Pace { get; } = row.PerMinute is { } perMinute ? new Pace(perMinute, time, hosts) : null;

    /// <summary>What becomes of a recipient that may or may not have been sent to.</summary>
    public OnUnknown OnUnknown => row.OnUnknown;

    /// <summary>Whether it was cancelled: then nothing more may be started.</summary>
    public bool IsStopped
    {
        get => _isStopped;
        set => _isStopped = value;
    }

    /// <summary>Unix milliseconds.</summary>
    public long NotAfter => row.NotAfter;

    /// <inheritdoc cref="NotificationRow.OverAt"/>
    public long OverAt => row.OverAt;

    public ExpiryKind ExpiryKind => row.Expiry;

    /// <summary>What the gateway is told.</summary>
    public Expiry Expiry => row.Expiry switch
    {
        ExpiryKind.Once => Expiry.Now,
        ExpiryKind.Until => Expiry.Until(row.NotAfter.ToTime()),
        _ => Expiry.GatewayDefault,
    };

    /// <summary>Whether a device that changed hands after the accept is still meant: it was not chosen one by one, or it is with a user who was.</summary>
    /// <param name="user">Whose it is now.</param>
    public bool IsMeantFor(string? user) => !Listed || (user is not null && _users.Value.Contains(user));

    /// <summary>The payload for a gateway.</summary>
    /// <exception cref="PayloadTooLargeException">The gateway's credential changed since the message was accepted.</exception>
    /// <exception cref="MessageInvalidException">Likewise.</exception>
    public EncodedPayload PayloadFor(Gateway gateway)
    {
        lock (_payloads)
        {
            if (!_payloads.TryGetValue(gateway, out var payload))
            {
                _message ??= MessageRules.FromJson(row.Message);
                payload = gateway.Encode(new Rendering { Message = MessageRules.For(_message, gateway.ProviderName) });
                _payloads.Add(gateway, payload);
            }
            return payload;
        }
    }

    /// <summary>Until when the payload for a gateway is not asked for again, Unix milliseconds: its provider failed at it.</summary>
    public long EncodingRestsUntil(Gateway gateway)
    {
        lock (_payloads)
            return _encodingRestsUntil.GetValueOrDefault(gateway);
    }

    /// <summary>Has the payload for a gateway not be asked for again until then, Unix milliseconds.</summary>
    public void RestEncoding(Gateway gateway, long until)
    {
        lock (_payloads)
            _encodingRestsUntil[gateway] = until;
    }

    /// <summary>Keeps a payload that was made when the message was accepted.</summary>
    public void Keep(Gateway gateway, EncodedPayload payload)
    {
        lock (_payloads)
            _payloads[gateway] = payload;
    }
}
