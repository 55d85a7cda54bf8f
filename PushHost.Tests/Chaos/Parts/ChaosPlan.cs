using System.Data.Common;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>What a chaos run does.</summary>
internal sealed record ChaosPlan
{
    /// <summary>Makes moments and weather repeatable, as far as processes are.</summary>
    public required int Seed { get; init; }

    /// <summary>Where it works: databases, credentials, temporary files.</summary>
    public required string Folder { get; init; }

    /// <summary>The database's settings, as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Storage { get; init; }

    /// <summary>Opens the database to look into it.</summary>
    public required Func<DbConnection> Open { get; init; }

    /// <summary>How many devices get the message.</summary>
    public int Devices { get; init; } = 20_000;

    /// <summary>How many hosts share the database.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>How often a host is killed while the message is being sent.</summary>
    public int Kills { get; init; } = 10;

    /// <summary>Requests in flight for one credential.</summary>
    public int InFlight { get; init; } = 150;

    /// <summary>How long the gateways take for an answer.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>When all must be over.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Something else to do to the system after every kill; null for nothing.</summary>
    public Func<Task>? AfterKill { get; init; }

    /// <summary>The most messages that one kill of one host may double, beyond what retries that are on record explain. In flight to each of the two gateways
    /// is one window. What the gateway has answered and is not on disk yet is a journal group: verdicts of at most 50 ms and of the commit under way. A
    /// place in the window turns over once in the gateway's latency, and 50 ms and two commits are less than two latencies.</summary>
    public int DoublesPerKill => 2 * InFlight * (1 + 2);
}
