namespace PushHost.Simulator;

/// <summary>What a gateway did for one recipient.</summary>
/// <param name="Token">The recipient as the requests named it; the first spelling where APNs takes several for one.</param>
/// <param name="Requests">Requests processed, whatever became of them.</param>
/// <param name="Accepted">Those accepted.</param>
/// <param name="Ids">Different <c>apns-id</c>s among them; 0 for FCM, which has none.</param>
/// <param name="Last">When the last of them was processed, UTC.</param>
public sealed record RecipientCounts(string Token, int Requests, int Accepted, int Ids, DateTimeOffset Last);

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
                return [.. _recipients.Select(recipient => recipient.Value.Counts(recipient.Key))];
        }
    }

    internal void Add(string token, string? id, Outcome outcome, DateTimeOffset now)
    {
        lock (_sync)
        {
            if (!_recipients.TryGetValue(token, out var entry))
                _recipients.Add(token, entry = new Entry());
            entry.Add(id, outcome, now);
        }
    }

    internal void Clear()
    {
        lock (_sync)
            _recipients.Clear();
    }

    private sealed class Entry
    {
        private readonly List<string> _ids = new(1);
        private int _requests;
        private int _accepted;
        private DateTimeOffset _last;

        public void Add(string? id, Outcome outcome, DateTimeOffset now)
        {
            _requests++;
            _accepted += outcome.IsAccepted ? 1 : 0;
            _last = now;
            if (id is not null && !_ids.Contains(id, StringComparer.Ordinal))
                _ids.Add(id);
        }

        public RecipientCounts Counts(string token) => new(token, _requests, _accepted, _ids.Count, _last);
    }
}
