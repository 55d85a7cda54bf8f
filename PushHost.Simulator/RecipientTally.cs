namespace PushHost.Simulator;

/// <summary>What a gateway did for one recipient.</summary>
/// <param name="Token">The recipient as the requests named it; the first spelling where APNs takes several for one.</param>
/// <param name="Requests">Requests processed, whatever became of them.</param>
/// <param name="Accepted">Those accepted.</param>
/// <param name="Ids">Different <c>apns-id</c>s among them; 0 for FCM, which has none.</param>
public sealed record RecipientCounts(string Token, int Requests, int Accepted, int Ids);

/// <summary>Counts for every recipient what the outbox, which is bounded, would forget: a few numbers each. Thread safe.</summary>
public sealed class RecipientTally
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, Entry> _recipients;

    internal RecipientTally(StringComparison tokenComparison) => _recipients = new(StringComparer.FromComparison(tokenComparison));

    /// <summary>The counts now, a recipient each, in no order.</summary>
    public IReadOnlyList<RecipientCounts> Counts
    {
        get
        {
            lock (_sync)
                return [.. _recipients.Select(recipient => new RecipientCounts(recipient.Key, recipient.Value.Requests, recipient.Value.Accepted, recipient.Value.Ids.Count))];
        }
    }

    internal void Add(string token, string? id, Outcome outcome)
    {
        lock (_sync)
        {
            if (!_recipients.TryGetValue(token, out var entry))
                _recipients.Add(token, entry = new Entry());
            entry.Requests++;
            if (outcome.IsAccepted)
                entry.Accepted++;
            if (id is not null && !entry.Ids.Contains(id, StringComparer.Ordinal))
                entry.Ids.Add(id);
        }
    }

    internal void Clear()
    {
        lock (_sync)
            _recipients.Clear();
    }

    private sealed class Entry
    {
        public int Requests { get; set; }

        public int Accepted { get; set; }

        public List<string> Ids { get; } = new(1);
    }
}
