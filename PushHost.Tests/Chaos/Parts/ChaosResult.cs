using System.Globalization;
using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>What a chaos run came to.</summary>
internal sealed record ChaosResult
{
    public required ChaosPlan Plan { get; init; }

    public required Population Population { get; init; }

    /// <summary>Kills while the message was being sent.</summary>
    public required int Kills { get; init; }

    public required IReadOnlyList<string> Weather { get; init; }

    public required CounterWatch Watch { get; init; }

    public required SingleSends Singles { get; init; }

    /// <summary>The single sends' notifications, by token.</summary>
    public required IReadOnlyDictionary<string, JsonElement> SinglesFinished { get; init; }

    /// <summary>The notification's counts at the end.</summary>
    public required JsonElement Counts { get; init; }

    /// <summary>Its recipients as the API lists them.</summary>
    public required IReadOnlyList<JsonElement> Listed { get; init; }

    /// <summary>Its recipients as the database has them.</summary>
    public required IReadOnlyList<Recorded> Recorded { get; init; }

    /// <summary>How many notifications the database has.</summary>
    public required long Notifications { get; init; }

    /// <summary>What the gateways saw, by token.</summary>
    public required IReadOnlyDictionary<string, Seen> Seen { get; init; }

    public required string HostLog { get; init; }

    public double Seconds { get; init; }

    /// <summary>Messages that the gateways took more often than there are attempts on record: what kills doubled.</summary>
    public int Doubled => Recorded.Sum(row => Math.Max(0, AcceptedOf(row.Token) - row.Attempts));

    /// <summary>The most that kills may double.</summary>
    public int MayDouble => Kills * Plan.DoublesPerKill;

    /// <summary>How often the gateways took a message for this token.</summary>
    public int AcceptedOf(string token) => Seen.TryGetValue(token, out var seen) ? seen.Accepted : 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        seed {Plan.Seed}: {Plan.Devices} devices, {Plan.Hosts} host(s), {Kills} kills in mid-send, {Seconds:0} s
        counts {Counts}
        doubled by kills {Doubled}, bound {MayDouble} ({Plan.DoublesPerKill} a kill); taken more than once for any cause {Seen.Values.Sum(seen => Math.Max(0, seen.Accepted - 1))}
        counters looked at {Watch.Looks} times; most memory {Watch.PeakMemory >> 20} MB
        {Singles.Acknowledged.Count} single sends, {Singles.Repeats} calls repeated, the slowest answered in {Singles.Slowest.TotalSeconds:0.00} s
        weather: {string.Join(", ", Weather)}
        """);
}
