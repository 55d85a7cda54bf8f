namespace PushHost.Tests.Chaos.Parts;

/// <summary>Bad weather at the gateways: goodbyes, resets, refusals, errors, absence and standstill, at random moments.</summary>
/// <param name="gateways">The gateways.</param>
/// <param name="random">Makes a run repeatable, as far as processes are.</param>
/// <param name="latency">How long a gateway takes for an answer, errors included.</param>
internal sealed class Weather(GatewayProcess gateways, Random random, TimeSpan latency)
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1.5);

    /// <summary>What it did so far, in words.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Goes on until cancelled; the gateways are well again afterwards.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(Calm * random.NextDouble() * 2, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!end.IsCancellationRequested)
                await BreakAsync(random.Next(2) == 0 ? "apns" : "fcm");
        }
        await gateways.FaultAsync(new { gateway = "apns", kind = "streamLimit", maxConcurrentStreams = 1000 });
        await gateways.FaultAsync(new { gateway = "fcm", kind = "streamLimit", maxConcurrentStreams = 100 });
    }

    private async Task BreakAsync(string gateway)
    {
        var delayMilliseconds = latency.TotalMilliseconds;
        var seconds = 0.3 + random.NextDouble();
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                await DoAsync("says goodbye", new { gateway, kind = "goAwayNow" });
                break;
            case 3:
                await DoAsync("resets its connections", new { gateway, kind = "connectionResetNow" });
                break;
            case 4 or 5:
                await DoAsync("changes its stream limit", new { gateway, kind = "streamLimit", maxConcurrentStreams = random.Next(5, 120) });
                break;
            case 6:
                await DoAsync($"is away for {seconds:0.0} s", new { gateway, kind = "away", durationSeconds = seconds });
                break;
            case 7:
                var reason = gateway == "apns" ? "ServiceUnavailable" : "UNAVAILABLE";
                await DoAsync("is overloaded", new { gateway, all = true, kind = "reason", reason, retryAfterSeconds = 1, times = 5, delayMilliseconds });
                break;
            case 8:
                await DoAsync("answers as a proxy does", new { gateway, all = true, kind = "answer", status = 502, retryAfterSeconds = 1, times = 3, delayMilliseconds });
                break;
            case 9 or 10:
                await DoAsync("refuses streams", new { gateway, all = true, kind = "streamReset", times = 20 });
                break;
            default:
                Log.Add($"both stand still for {seconds:0.0} s");
                await gateways.Process.SignalAsync("STOP");
                await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
                await gateways.Process.SignalAsync("CONT");
                break;
        }

        async Task DoAsync(string words, object fault)
        {
            Log.Add($"{gateway} {words}");
            await gateways.FaultAsync(fault);
        }
    }
}
