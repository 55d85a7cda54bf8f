using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>Looks at a notification's counters again and again, through whichever host is there, and notes where they break their promises.</summary>
internal sealed class CounterWatch(IReadOnlyList<HostUnderTest> hosts, long notification)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Outcomes = ["accepted", "failed", "expired", "suppressed", "unknown"];

    private readonly long[] _last = new long[Outcomes.Length];
    private long _lastTotal;
    private long _decided;
    private bool _wasPlanned;

    /// <summary>How often it looked.</summary>
    public int Looks { get; private set; }

    /// <summary>The most memory that a host had resident, bytes.</summary>
    public long PeakMemory { get; private set; }

    public List<string> Problems { get; } = [];

    public bool IsCompleted { get; private set; }

    /// <summary>How many had their outcome at the last look.</summary>
    public long Decided => Interlocked.Read(ref _decided);

    /// <summary>Looks until the notification is completed.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        for (var turn = 0; !IsCompleted && !end.IsCancellationRequested; turn++)
        {
            var host = hosts[turn % hosts.Count];
            if (await host.TryAsync(HttpMethod.Get, $"/notifications/{notification}") is { Status: System.Net.HttpStatusCode.OK } answer)
            {
                Look(answer.Body);
                PeakMemory = Math.Max(PeakMemory, host.Process.Memory);
            }
            await Task.Delay(Interval, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Look(JsonElement body)
    {
        Looks++;
        var counts = body.GetProperty("counts");
        var total = counts.GetProperty("total").GetInt64();
        var planned = counts.GetProperty("planned").GetBoolean();
        var decided = Outcomes.Select(outcome => counts.GetProperty(outcome).GetInt64()).ToArray();
        var pending = counts.GetProperty("pending").GetInt64();
        Check(total == decided.Sum() + pending, "total is not the sum of the outcomes and pending");
        Check(pending >= 0, "pending is below zero");
        Check(total >= _lastTotal, "total shrank");
        Check(!_wasPlanned || planned, "it was planned and is no more");
        Check(!_wasPlanned || total == _lastTotal, "total changed after it was planned");
        for (var i = 0; i < decided.Length; i++)
            Check(decided[i] >= _last[i], $"{Outcomes[i]} shrank");
        decided.CopyTo(_last, 0);
        Interlocked.Exchange(ref _decided, decided.Sum());
        (_lastTotal, _wasPlanned) = (total, planned);
        IsCompleted = body.GetProperty("state").GetString() == "completed";
        Check(!IsCompleted || (planned && pending == 0), "it is completed with somebody pending");

        void Check(bool holds, string problem)
        {
            if (!holds)
                Problems.Add($"look {Looks}: {problem}: {body}");
        }
    }
}
