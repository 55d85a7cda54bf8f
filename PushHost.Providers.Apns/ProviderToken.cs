using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Apns;

/// <summary>The signed token of token authentication. One for each team and key in the whole process, and in all processes that share a database: Apple answers
/// <c>TooManyProviderTokenUpdates</c> to a token renewed within 20 minutes, and <c>ExpiredProviderToken</c> to one older than an hour
/// ("Establishing a token-based connection to APNs"). Thread safe.</summary>
internal sealed class ProviderToken
{
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(50);

    /// <summary>A clock set back by more than this makes the token one from the future.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>After a token was called expired, the next call of that kind within this time changes nothing: then it is our clock that is wrong.</summary>
    private static readonly TimeSpan BetweenForcedRenewals = TimeSpan.FromMinutes(20);

    // By clock too, so that a test's clock has tokens of its own.
    private static readonly ConditionalWeakTable<TimeProvider, ConcurrentDictionary<string, Current>> Shared = [];

    private readonly SigningKey _key;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ISharedTokens? _shared;
    private readonly string _name;
    private readonly Current _current;

    /// <param name="key">Signs the tokens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of renewals.</param>
    /// <param name="shared">The tokens of all processes; null where there is only this one.</param>
    public ProviderToken(SigningKey key, TimeProvider time, ILogger logger, ISharedTokens? shared = null)
    {
        _shared = shared;
        _name = $"apns {key.Fingerprint}";
        _key = key;
        _time = time;
        _logger = logger;
        _current = Shared.GetValue(time, _ => new()).GetOrAdd(key.Fingerprint, _ => new());
    }

    /// <summary>The value of the header <c>authorization</c>.</summary>
    public string Authorization
    {
        get
        {
            var now = _time.GetUtcNow();
            lock (_current.Gate)
            {
                if (_current.Authorization is null || !IsFresh(_current.IssuedAt, now))
                    Renew(now);
                return _current.Authorization!;
            }
        }
    }

    /// <summary>The gateway called a token expired. Renews it, unless someone has since; false when that was tried just before.</summary>
    /// <param name="authorization">What the refused request carried.</param>
    public bool Expire(string authorization)
    {
        var now = _time.GetUtcNow();
        lock (_current.Gate)
        {
            if (_current.Authorization != authorization)
                return true;
            if (_current.ForcedAt is { } forcedAt && now - forcedAt < BetweenForcedRenewals)
                return false;
            _current.ForcedAt = now;
            Renew(now);
            return true;
        }
    }

    private static bool IsFresh(DateTimeOffset issuedAt, DateTimeOffset now) => now - issuedAt < RenewAfter && now - issuedAt >= -ClockTolerance;

    private void Renew(DateTimeOffset now)
    {
        var found = _shared?.Find(_name);
        if (found is null || found.Value == _current.Authorization || !IsFresh(found.MadeAt, now))
        {
            var made = new SharedToken(Sign(now), now);
            found = _shared?.Replace(_name, found, made) ?? made;
            if (found.Value == made.Value)
                _logger.TokenRenewed(_key.KeyId, _key.TeamId);
        }
        _current.Authorization = found.Value;
        _current.IssuedAt = found.MadeAt;
    }

    private string Sign(DateTimeOffset now)
    {
        // Both names are letters and digits, so nothing needs escaping.
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{_key.KeyId}}"}"""));
        var claims = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"iss":"{{_key.TeamId}}","iat":{{now.ToUnixTimeSeconds()}}}"""));
        var signature = Base64Url.EncodeToString(_key.Sign(Encoding.ASCII.GetBytes($"{header}.{claims}")));
        return $"bearer {header}.{claims}.{signature}";
    }

    private sealed class Current
    {
        public Lock Gate { get; } = new();

        public string? Authorization { get; set; }

        public DateTimeOffset IssuedAt { get; set; }

        public DateTimeOffset? ForcedAt { get; set; }
    }
}
