using System.Globalization;
using System.Text;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>The devices of a chaos run, half of them APNs', half FCM's, and how the gateways meet them: by how their tokens begin.</summary>
/// <param name="count">How many; even.</param>
/// <param name="latency">How long a gateway takes for an answer.</param>
internal sealed class Population(int count, TimeSpan latency)
{
    /// <summary>How tokens begin that the gateways call dead; the others are healthy.</summary>
    public const string Dead = "dead";

    private const string Healthy = "a0";

    // Each in so many thousandths of the devices, and at most so many: some faults cost everybody a second.
    private static readonly (string Prefix, int PerThousand, int AtMost)[] Kinds =
    [
        (Dead, 30, int.MaxValue), ("beef", 10, 4), ("cafe", 10, 4), ("fade", 10, int.MaxValue), ("face", 10, 5), ("f00d", 10, 10), ("babe", 10, 10), ("feed", 10, 20),
    ];

    public IReadOnlyList<string> ApnsTokens { get; } = [.. Tokens(count / 2).Select((prefix, i) => prefix + i.ToString("x60", CultureInfo.InvariantCulture))];

    public IReadOnlyList<string> FcmTokens { get; } = [.. Tokens(count / 2).Select((prefix, i) => $"{prefix}:fcm-{i}")];

    /// <summary>Those that single sends go to while the send to all is under way, and nothing else does.</summary>
    public IReadOnlyList<string> SingleTokens { get; } = [.. Enumerable.Range(0, 200).Select(i => "b0" + i.ToString("x62", CultureInfo.InvariantCulture))];

    public static bool IsDead(string token) => token.StartsWith(Dead, StringComparison.Ordinal);

    public static StringContent Import(IEnumerable<string> apns, IEnumerable<string> fcm)
    {
        var lines = new StringBuilder();
        foreach (var token in apns)
            lines.Append(CultureInfo.InvariantCulture, $$"""{"provider":"apns","registrationId":"{{token}}"}""").Append('\n');
        foreach (var token in fcm)
            lines.Append(CultureInfo.InvariantCulture, $$"""{"provider":"gcm","registrationId":"{{token}}"}""").Append('\n');
        return new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
    }

    /// <summary>Tells the gateways how to meet them.</summary>
    public async Task DescribeAsync(GatewayProcess gateways)
    {
        var delay = latency.TotalMilliseconds;
        foreach (var gateway in (string[])["apns", "fcm"])
        {
            var isApns = gateway == "apns";
            object[] faults =
            [
                isApns
                    ? new { gateway, prefix = Dead, kind = "reason", reason = "Unregistered", timestamp = "2026-01-01T00:00:00Z", delayMilliseconds = delay }
                    : new { gateway, prefix = Dead, kind = "reason", reason = "UNREGISTERED", delayMilliseconds = delay },
                Once("beef", "reason", isApns ? "TooManyRequests" : "QUOTA_EXCEEDED"),
                Once("cafe", "reason", isApns ? "ServiceUnavailable" : "UNAVAILABLE"),
                new { gateway, prefix = "fade", kind = "streamReset", errorCode = 7, times = 1, delayMilliseconds = delay },
                new { gateway, prefix = "face", kind = "connectionReset", times = 1, delayMilliseconds = delay },
                new { gateway, prefix = "f00d", kind = "goAway", times = 1, delayMilliseconds = delay },
                new { gateway, prefix = "babe", kind = "noAnswer", times = 1 },
                new { gateway, prefix = "feed", kind = "streamReset", errorCode = 2, times = 1, delayMilliseconds = delay },
                new { gateway, prefix = "", kind = "slow", delayMilliseconds = delay },
            ];
            foreach (var fault in faults)
                await gateways.FaultAsync(fault);

            object Once(string prefix, string kind, string reason) =>
                new { gateway, prefix, kind, reason, retryAfterSeconds = 1, times = 1, delayMilliseconds = delay };
        }
    }

    private static IEnumerable<string> Tokens(int count)
    {
        var used = new int[Kinds.Length];
        for (var i = 0; i < count; i++)
            yield return Kind(i, used);
    }

    private static string Kind(int index, int[] used)
    {
        var place = index * 7919 % 1000;
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            place -= Kinds[kind].PerThousand;
            if (place < 0)
                return used[kind]++ < Kinds[kind].AtMost ? Kinds[kind].Prefix : Healthy + "00";
        }
        return Healthy + "00";
    }
}
