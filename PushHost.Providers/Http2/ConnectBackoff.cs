namespace PushHost.Providers.Http2;

/// <summary>When the next connection may be opened. Gateways take frequent connecting for an attack. Not thread safe.</summary>
internal sealed class ConnectBackoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    // An outage is to end soon after the gateway is back; six tries a minute are no attack.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(5);

    // A gateway may end a fresh connection now and then without any fault; not again and again.
    private const int ShortLivesAllowed = 2;

    private int _failures;
    private int _shortLives;
    private DateTimeOffset _notBefore;

    /// <summary>The last failure in words; null when there is none to wait for.</summary>
    public string? Reason { get; private set; }

    /// <summary>When the next connection may be opened, UTC.</summary>
    public DateTimeOffset NotBefore => _notBefore;

    /// <summary>Whether it is too early to connect.</summary>
    public bool IsWaiting => Reason is not null && time.GetUtcNow() < _notBefore;

    /// <summary>A connection could not be opened.</summary>
    public void Fail(string reason)
    {
        var longest = Math.Min(First.TotalSeconds * Math.Pow(2, _failures), Longest.TotalSeconds);
        _failures = Math.Min(_failures + 1, 10);
        _notBefore = time.GetUtcNow() + TimeSpan.FromSeconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        Reason = reason;
    }

    /// <summary>A connection carried its first answer.</summary>
    public void Succeed()
    {
        if (_shortLives <= ShortLivesAllowed)
            Forget();
    }

    /// <summary>A connection ended.</summary>
    public void End(TimeSpan lived, string reason)
    {
        if (lived >= LongEnough)
        {
            _shortLives = 0;
            Forget();
        }
        else if (++_shortLives > ShortLivesAllowed)
        {
            Fail(reason);
        }
    }

    private void Forget()
    {
        _failures = 0;
        Reason = null;
    }
}
