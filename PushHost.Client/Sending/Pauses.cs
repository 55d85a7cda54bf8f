namespace PushHost.Client;

/// <summary>How long to wait before a request is sent again.</summary>
internal static class Pauses
{
    private static readonly Random Chance = new();

    /// <summary>The pause before a repeat; null when there is to be none.</summary>
    /// <param name="options">The caller's patience.</param>
    /// <param name="repeats">How many repeats there were.</param>
    /// <param name="retryAfter">What the host asked for.</param>
    public static TimeSpan? Before(PushHostClientOptions options, int repeats, TimeSpan? retryAfter)
    {
        if (repeats >= options.MaxRetries || retryAfter > options.MaxRetryDelay)
            return null;
        var longest = Math.Min(options.RetryDelay.Ticks * Math.Pow(2, Math.Min(repeats, 30)), options.MaxRetryDelay.Ticks);
        // From half of it up: none of the callers that were refused together comes back at once, and no two together.
        var pause = TimeSpan.FromTicks((long)(longest * (0.5 + NextShare() / 2)));
        return retryAfter > pause ? retryAfter : pause;
    }

#pragma warning disable CA5394 // Chance spreads callers here, and keeps no secret.
    private static double NextShare()
    {
        lock (Chance)
            return Chance.NextDouble();
    }
#pragma warning restore CA5394
}
