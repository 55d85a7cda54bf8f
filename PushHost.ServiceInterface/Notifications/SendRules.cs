using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Checks what a send says of time and repetition.</summary>
internal static class SendRules
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTtl = TimeSpan.FromDays(28);
    private static readonly TimeSpan UsualTime = TimeSpan.FromHours(24);
    private static readonly TimeSpan FarthestStart = TimeSpan.FromDays(365);
    private const int MaxKey = 255;
    private const int FastestPace = 100_000_000;

    /// <summary>Checks the whole request and adds what is wrong to <paramref name="validation"/>; the result counts only without faults.</summary>
    public static Send Check(SendNotification request, App app, PushProviders providers, DateTimeOffset now, Validation validation)
    {
        var audience = AudienceRules.Check(request.To, providers, now, validation);
        MessageRules.Check(request.Message, validation);
        if (request.PerMinute is < 1 or > FastestPace)
            validation.Fault("perMinute", "Range", $"is {request.PerMinute}, and must be from 1 to {FastestPace}");
        // What is to begin in the past begins now, as if nothing had been said.
        var sendAt = request.SendAt > now ? request.SendAt : null;
        if (sendAt > now + FarthestStart)
        {
            validation.Fault("sendAt", "Range", "is more than a year ahead");
            sendAt = null;
        }
        var (notAfter, expiry) = Time(request.Ttl, request.ExpiresAt, sendAt ?? now, now, validation);
        return new Send
        {
            App = app,
            Audience = audience,
            Message = request.Message ?? new Message(),
            NotAfter = notAfter,
            Expiry = expiry,
            Lane = request.Lane ?? UsualLane(audience),
            PerMinute = request.PerMinute,
            SendAt = sendAt?.ToUnixTimeMilliseconds(),
            OnUnknown = request.OnUnknown ?? OnUnknown.Resend,
        };
    }

    /// <summary>What the request asks for, apart from how it is spelt: names and tokens in canonical form, times as they were given.</summary>
    public static byte[] Hash(SendNotification request, Send send) => RequestHash.Of(
        send.Audience with { SeenSince = null }, request.To?.LastSeenWithin, request.Message, request.Ttl, request.ExpiresAt, request.Lane, request.PerMinute,
        request.SendAt, request.OnUnknown);

    /// <summary>How long to wait for the outcome.</summary>
    /// <exception cref="RequestException">400 when it is out of bounds.</exception>
    public static TimeSpan Wait(TimeSpan? wait) => wait is null || (wait >= TimeSpan.Zero && wait <= LongestWait)
        ? wait ?? TimeSpan.Zero
        : throw RequestException.Validation("wait", "Range", "wait must be from PT0S to PT30S");

    /// <summary>The key of a repeatable request, from its member or its header.</summary>
    /// <exception cref="RequestException">400 when the two differ or it is no key.</exception>
    public static Idempotency? Idempotency(string? member, string? header, Func<byte[]> hash)
    {
        var key = member ?? header;
        if (key is null)
            return null;
        if (member is not null && header is not null && member != header)
            throw RequestException.Validation("idempotencyKey", "Contradiction", "idempotencyKey differs from the header Idempotency-Key: give one, or both alike");
        if (key.Length is 0 or > MaxKey || key.Any(c => c is < ' ' or '\u007f'))
            throw RequestException.Validation("idempotencyKey", "Length", $"idempotencyKey must be 1 to {MaxKey} printable characters");
        return new Idempotency(key, hash());
    }

    // One-to-one messages are waited for; whoever writes to many can wait a little.
    private static Lane UsualLane(AudienceSpec audience) =>
        !audience.Listed ? Lane.Bulk : audience.ListedCount == 1 ? Lane.Transactional : Lane.Normal;

    private static (long NotAfter, ExpiryKind Expiry) Time(
        TimeSpan? ttl, DateTimeOffset? expiresAt, DateTimeOffset start, DateTimeOffset now, Validation validation)
    {
        if (ttl < TimeSpan.Zero || ttl > LongestTtl)
            validation.Fault("ttl", "Range", "must be from PT0S to P28D");
        if (expiresAt <= now)
            validation.Fault("expiresAt", "Range", "is over already, and must be in the future");
        else if (expiresAt <= start)
            validation.Fault("expiresAt", "Range", "is over before sendAt, and must be after it");
        if (expiresAt > start + LongestTtl)
            validation.Fault("expiresAt", "Range", "is more than 28 days after the start, which is the longest that gateways keep a message");
        if (validation.Errors.Count > 0)
            return (0, ExpiryKind.GatewayDefault);
        if (ttl == TimeSpan.Zero)
            return (start.ToUnixTimeMilliseconds(), ExpiryKind.Once);
        var byTtl = ttl is null ? (DateTimeOffset?)null : start + ttl.Value;
        var notAfter = byTtl < expiresAt || expiresAt is null ? byTtl : expiresAt;
        return notAfter is { } end
            ? (end.ToUnixTimeMilliseconds(), ExpiryKind.Until)
            : ((start + UsualTime).ToUnixTimeMilliseconds(), ExpiryKind.GatewayDefault);
    }
}
