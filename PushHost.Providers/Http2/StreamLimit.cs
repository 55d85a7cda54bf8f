namespace PushHost.Providers.Http2;

/// <summary>How many requests one connection may carry now. Not thread safe.</summary>
/// <param name="beforeFirstSuccess">The most until the first request was answered well; null for no such rule.</param>
/// <param name="most">The most we want, whatever the gateway allows.</param>
internal sealed class StreamLimit(int? beforeFirstSuccess, int most)
{
    private bool _hasSettings;
    private bool _hasSucceeded = beforeFirstSuccess is null;
    private long _announced = long.MaxValue;
    private long _afterRefusal = long.MaxValue;

    /// <summary>The limit. One until the gateway's first SETTINGS has come, since nothing is known of it before.</summary>
    public int Current { get; private set; } = 1;

    /// <summary>Whether the limit is about to change: the connection has yet to prove itself, or the gateway holds it down to one stream,
    /// as APNs does for a while after a refused notification.</summary>
    public bool IsSettling => !_hasSettings || !_hasSucceeded || Current <= 1;

    /// <summary>SETTINGS came. A gateway that never names a limit has none.</summary>
    public void Announce(uint? maxConcurrentStreams)
    {
        _hasSettings = true;
        _announced = maxConcurrentStreams ?? _announced;
        Update();
    }

    /// <summary>A request was answered well.</summary>
    public void Succeed()
    {
        _hasSucceeded = true;
        if (_afterRefusal != long.MaxValue)
            _afterRefusal = _afterRefusal + 1 >= Math.Min(_announced, most) ? long.MaxValue : _afterRefusal + 1;
        Update();
    }

    /// <summary>The gateway refused a stream though its limit allowed it: keep below what it was, and feel the way up again.</summary>
    public void Refuse(int inFlight)
    {
        _afterRefusal = Math.Max(1, inFlight - 1);
        Update();
    }

    private void Update()
    {
        var limit = _hasSettings ? Math.Min(_announced, most) : 1;
        if (!_hasSucceeded)
            limit = Math.Min(limit, beforeFirstSuccess ?? limit);
        Current = (int)Math.Min(limit, _afterRefusal);
    }
}
