using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Gcm;

/// <summary>What a request may be sent with: the Authorization header, or why there is none.</summary>
/// <param name="Authorization">The header's value; null when there is no token.</param>
/// <param name="Refusal">Why there is none; null when there is a token.</param>
internal readonly record struct AccessGrant(string? Authorization, Verdict? Refusal);

/// <summary>The one access token that all of a service account's requests share. Renewed by one request at a time, five minutes before it expires;
/// while renewal fails, a token that is still valid goes on being used. Safe for concurrent use.</summary>
internal sealed class AccessToken(TokenEndpoint endpoint, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // Google, "Using OAuth 2.0 for Server to Server Applications": access tokens live an hour.
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    // A gateway that refuses every token would otherwise make us ask for one per message.
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private IssuedToken? _token;
    private Task<AccessGrant>? _renewal;
    private AccessGrant _failure;
    private int _failures;
    private DateTimeOffset _renewNotBefore = DateTimeOffset.MinValue;
    private DateTimeOffset _droppedAt = DateTimeOffset.MinValue;

    /// <summary>The token, from memory or from Google.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; a renewal under way goes on for the others.</exception>
    public ValueTask<AccessGrant> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var usable = _token is { } token && now < token.ExpiresAt ? new AccessGrant(token.Authorization, null) : default;
            if (usable.Authorization is not null && now < _token!.RenewAt)
                return ValueTask.FromResult(usable);
            if (_renewal is null && now >= _renewNotBefore)
                _renewal = Task.Run(RenewAsync, CancellationToken.None);
            if (usable.Authorization is not null)
                return ValueTask.FromResult(usable);
            return _renewal is null ? ValueTask.FromResult(_failure) : new ValueTask<AccessGrant>(_renewal.WaitAsync(cancellationToken));
        }
    }

    /// <summary>The gateway refused a token: the next request gets a new one.</summary>
    public void Refused(string authorization)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_token?.Authorization != authorization || now - _droppedAt < BetweenDrops)
                return;
            _token = null;
            _droppedAt = now;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task<AccessGrant>? renewal;
        lock (_gate)
            renewal = _renewal;
        if (renewal is not null)
            await renewal;
        endpoint.Dispose();
        _stopping.Dispose();
    }

    private async Task<AccessGrant> RenewAsync()
    {
        try
        {
            return Take(await endpoint.AskAsync(_stopping.Token));
        }
        finally
        {
            lock (_gate)
                _renewal = null;
        }
    }

    private AccessGrant Take(TokenAnswer answer)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (answer.Token is { } text)
            {
                var margin = answer.Lifetime > 2 * RenewBefore ? RenewBefore : answer.Lifetime / 2;
                _token = new IssuedToken($"Bearer {text}", now + answer.Lifetime - margin, now + answer.Lifetime);
                _failures = 0;
                _renewNotBefore = DateTimeOffset.MinValue;
                logger.TokenIssued(answer.Lifetime.TotalSeconds);
                return new AccessGrant(_token.Authorization, null);
            }
            _renewNotBefore = now + Backoff(answer, now);
            _failure = new AccessGrant(null, answer.Rejected
                ? new CredentialRejected(answer.Reason)
                : new Unavailable(answer.Reason, _renewNotBefore, VerdictScope.Credential, MayHaveProcessed: false));
            logger.TokenRefused(answer.Reason, _renewNotBefore);
            return _failure;
        }
    }

    private TimeSpan Backoff(TokenAnswer answer, DateTimeOffset now)
    {
        var backoff = TimeSpan.FromSeconds(1 << Math.Min(_failures++, 6));
        if (backoff > LongestBackoff)
            backoff = LongestBackoff;
        return answer.RetryAt - now is { } asked && asked > backoff ? asked : backoff;
    }

    private sealed record IssuedToken(string Authorization, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt);
}
