using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>How much of one credential may be in flight, and whether its gateway is resting.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class GatewayFlow(int maxInFlight, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    // However long a gateway says: one answer, perhaps a wrong one, must not stop an app for hours. What is tried then is a probe.
    private static readonly TimeSpan LongestByGateway = TimeSpan.FromMinutes(5);


    private readonly SemaphoreSlim _room = new(maxInFlight);
    private long _restUntil;
    private int _failures;
    private volatile string? _restReason;

    /// <summary>Until when nothing is sent, Unix milliseconds; in the past when nothing is wrong.</summary>
    public long RestUntil => Interlocked.Read(ref _restUntil);

    /// <summary>Why it rests, in the gateway's own word; null when nothing is wrong.</summary>
    public string? RestReason => _restReason;

    /// <summary>Whether nothing may be sent now.</summary>
    public bool Resting => RestUntil > time.UnixMilliseconds();

    /// <summary>Waits for room for one request.</summary>
    /// <returns>False when the gateway rests.</returns>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (Resting)
            return false;
        // The fast path allocates nothing: Wait(0) takes the room that is there.
        if (!_room.Wait(0, CancellationToken.None))
            await _room.WaitAsync(cancellationToken);
        if (!Resting)
            return true;
        _room.Release();
        return false;
    }

    public void Leave() => _room.Release();

    /// <summary>The gateway took something: it is well.</summary>
    public void Well()
    {
        if (_restReason is null)
            return;
        Interlocked.Exchange(ref _failures, 0);
        _restReason = null;
    }

    /// <summary>Lets the gateway rest: for a second at first, doubling to half a minute as long as it fails; up to five minutes where it says so.</summary>
    /// <param name="reason">The gateway's own word.</param>
    /// <param name="notBefore">The gateway's own time, if it names one.</param>
    /// <returns>Whether this is news: it was well before, or rests for another reason.</returns>
    public bool Rest(string reason, DateTimeOffset? notBefore = null)
    {
        var now = time.UnixMilliseconds();
        var isNews = _restReason != reason;
        // What was in flight fails together; it is one failure, not hundreds.
        if (RestUntil > now && notBefore is null)
            return false;
        var failures = Interlocked.Increment(ref _failures);
        var rest = Math.Min(LongestRest.TotalMilliseconds, FirstRest.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 10)));
        var until = notBefore is { } named
            ? Math.Min(named.ToUnixTimeMilliseconds(), now + (long)LongestByGateway.TotalMilliseconds)
            : now + (long)rest;
        if (until > RestUntil)
            Interlocked.Exchange(ref _restUntil, until);
        _restReason = reason;
        return isNews;
    }

    public void Dispose() => _room.Dispose();
}
