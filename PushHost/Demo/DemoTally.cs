using PushHost.ServiceModel;

namespace PushHost.Demo;

/// <summary>What became of some recipients.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Outcome">How they ended.</param>
/// <param name="Reason">The gateway's own word.</param>
/// <param name="Retried">Whether it took more than one attempt.</param>
/// <param name="Count">How many they are.</param>
internal sealed record TallyRow(string Provider, DeliveryOutcome Outcome, string Reason, bool Retried, long Count);

/// <summary>Counts recipients by what became of them.</summary>
internal sealed class DemoTally
{
    private readonly Dictionary<(string Provider, DeliveryOutcome Outcome, string Reason, bool Retried), long> _counts = [];

    /// <summary>Provider by provider, the most frequent first.</summary>
    public IReadOnlyList<TallyRow> Rows =>
    [
        .. _counts.Select(pair => new TallyRow(pair.Key.Provider, pair.Key.Outcome, pair.Key.Reason, pair.Key.Retried, pair.Value))
            .OrderBy(row => row.Provider, StringComparer.Ordinal).ThenByDescending(row => row.Count),
    ];

    public void Add(Delivery delivery)
    {
        var key = (delivery.Provider ?? "", delivery.Outcome, delivery.Reason ?? "", delivery.Attempts > 1);
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    public long Count(DeliveryOutcome outcome) => Rows.Where(row => row.Outcome == outcome).Sum(row => row.Count);

    public long Count(string provider, DeliveryOutcome outcome, string? reason = null) =>
        Rows.Where(row => row.Provider == provider && row.Outcome == outcome && (reason is null || row.Reason == reason)).Sum(row => row.Count);
}
