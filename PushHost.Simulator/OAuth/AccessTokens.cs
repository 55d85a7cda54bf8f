using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace PushHost.Simulator.OAuth;

/// <summary>The access tokens issued so far: opaque, expiring. Thread safe.</summary>
internal sealed class AccessTokens(TimeProvider time, TimeSpan lifetime)
{
    // By the whole Authorization header, so that a request needs no substring.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new(StringComparer.Ordinal);
    private long _issued;

    public long Issued => Interlocked.Read(ref _issued);

    public TimeSpan Lifetime => lifetime;

    public string Issue()
    {
        var token = "ya29.sim." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _expiries["Bearer " + token] = time.GetUtcNow() + lifetime;
        Interlocked.Increment(ref _issued);
        return token;
    }

    public bool Authorizes(string? header) =>
        header is not null && _expiries.TryGetValue(header, out var expiry) && time.GetUtcNow() < expiry;

    public void Revoke() => _expiries.Clear();

    public void Reset()
    {
        Revoke();
        Interlocked.Exchange(ref _issued, 0);
    }
}
