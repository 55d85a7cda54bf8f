using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>Whether a run kept the promises.</summary>
internal static class ChaosChecks
{
    private const long MemoryLimit = 400L << 20;
    private const int Shown = 5;

    // So often a gateway is silent about a recipient before it ends unknown; attempts that were answered don't count.
    private const int MaxSilences = 3;

    /// <summary>Every promise that was broken, in words; empty when all held.</summary>
    public static List<string> Problems(ChaosResult result)
    {
        var problems = new List<string>(result.Watch.Problems.Take(Shown));
        CheckRun(result, problems);
        CheckOutcomes(result, problems);
        CheckGateways(result, problems);
        CheckSingles(result, problems);
        return problems;
    }

    private static void CheckRun(ChaosResult result, List<string> problems)
    {
        if (!result.Watch.IsCompleted)
            problems.Add($"the notification was not completed in {result.Plan.Deadline.TotalSeconds:0} s: {result.Counts}\n{result.HostLog}");
        if (result.Kills < result.Plan.Kills)
            problems.Add($"only {result.Kills} kills fell into the send");
        if (result.Watch.PeakMemory > MemoryLimit)
            problems.Add($"a host had {result.Watch.PeakMemory >> 20} MB resident");
    }

    private static void CheckOutcomes(ChaosResult result, List<string> problems)
    {
        var devices = result.Plan.Devices;
        var listed = result.Listed.ToDictionary(delivery => delivery.GetProperty("device").GetInt64(), delivery => delivery.GetProperty("outcome").GetString()!);
        if (result.Listed.Count != devices)
            problems.Add($"the API lists {result.Listed.Count} recipients of {devices}");
        if (result.Recorded.Count != devices)
            problems.Add($"the database has {result.Recorded.Count} recipients of {devices}");
        Each(result.Recorded, row => listed.GetValueOrDefault(row.Device) == Word(row.Outcome), "is listed with another outcome than it has");
        Each(result.Recorded, row => row.Outcome is ChaosDatabase.Accepted or ChaosDatabase.Failed or ChaosDatabase.Unknown, "ended as none should");
        Each(result.Recorded, row => row.Outcome != ChaosDatabase.Unknown || row.Silences == MaxSilences, "ended unknown without as many silences as it takes");
        Each(result.Recorded, row => row.Outcome != ChaosDatabase.Failed || Population.IsDead(row.Token), "failed, and is healthy");
        Each(result.Recorded, row => row.DeviceIsActive == (row.Outcome != ChaosDatabase.Failed), "is switched off without a verdict, or on in spite of one");
        foreach (var (outcome, word) in (ReadOnlySpan<(int, string)>)[(ChaosDatabase.Accepted, "accepted"), (ChaosDatabase.Failed, "failed"), (ChaosDatabase.Unknown, "unknown")])
        {
            var rows = result.Recorded.Count(row => row.Outcome == outcome);
            if (result.Counts.GetProperty(word).GetInt64() != rows)
                problems.Add($"{word} is {result.Counts.GetProperty(word)}, and {rows} rows say so");
        }

        void Each(IEnumerable<Recorded> rows, Predicate<Recorded> holds, string problem) => AddEach(rows.Where(row => !holds(row)), problem, problems);
    }

    private static void CheckGateways(ChaosResult result, List<string> problems)
    {
        AddEach(
            result.Population.ApnsTokens.Concat(result.Population.FcmTokens).Where(token => !Population.IsDead(token) && result.AcceptedOf(token) == 0),
            "is healthy and was not reached", problems);
        AddEach(
            result.Recorded.Where(row => row.Outcome == ChaosDatabase.Accepted && result.AcceptedOf(row.Token) == 0),
            "is accepted on record, and the gateway knows nothing of it", problems);
        AddEach(result.Seen.Values.Where(seen => seen.Ids > 1), "was sent to under several ids", problems);
        AddEach(
            result.Recorded.Where(row => result.AcceptedOf(row.Token) > row.Attempts + result.Kills), "was doubled more often than there were kills", problems);
        if (result.Doubled > result.MayDouble)
            problems.Add($"kills doubled {result.Doubled} messages, and may double {result.MayDouble}");
    }

    private static void CheckSingles(ChaosResult result, List<string> problems)
    {
        AddEach(
            result.SinglesFinished.Where(single => single.Value.GetProperty("state").GetString() != "completed"
                || single.Value.GetProperty("counts").GetProperty("total").GetInt64() != 1),
            "was acknowledged and did not complete", problems);
        AddEach(result.Singles.Acknowledged.Keys.Where(token => result.AcceptedOf(token) == 0), "was acknowledged and not reached", problems);
        AddEach(result.Singles.Acknowledged.GroupBy(single => single.Value).Where(same => same.Count() > 1), "was given to several calls", problems);
        if (result.Notifications != 1 + result.Singles.Acknowledged.Count)
            problems.Add($"{result.Notifications} notifications were made for {1 + result.Singles.Acknowledged.Count} calls");
    }

    private static string Word(int outcome) => outcome switch
    {
        ChaosDatabase.Accepted => "accepted",
        ChaosDatabase.Failed => "failed",
        ChaosDatabase.Unknown => "unknown",
        _ => $"outcome {outcome}",
    };

    private static void AddEach<T>(IEnumerable<T> wrong, string problem, List<string> problems)
    {
        var all = wrong.ToList();
        problems.AddRange(all.Take(Shown).Select(one => $"{one} {problem}"));
        if (all.Count > Shown)
            problems.Add($"and {all.Count - Shown} more: {problem}");
    }
}
