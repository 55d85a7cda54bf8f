namespace PushHost.Simulator;

/// <summary>A gateway's faults: for all requests, for a token, for tokens that begin alike. Thread safe.</summary>
internal sealed class FaultBook(TimeProvider time, StringComparison tokenComparison)
{
    private readonly Lock _sync = new();
    private readonly List<Entry> _all = [];
    private readonly Dictionary<string, List<Entry>> _tokens = new(StringComparer.FromComparison(tokenComparison));
    private readonly List<PrefixEntry> _prefixes = [];
    private volatile bool _any;

    public void ForAll(Fault fault, int? times, TimeSpan? during) => Add(() => _all.Add(new(fault, times, Until(during))));

    public void ForToken(string token, Fault fault, int? times) => Add(() =>
    {
        if (!_tokens.TryGetValue(token, out var entries))
            _tokens.Add(token, entries = []);
        entries.Add(new(fault, times, Until: null));
    });

    public void ForPrefix(string prefix, Fault fault, int? timesPerToken) => Add(() => _prefixes.Add(new(prefix, fault, timesPerToken)));

    public void Clear()
    {
        lock (_sync)
        {
            _any = false;
            _all.Clear();
            _tokens.Clear();
            _prefixes.Clear();
        }
    }

    /// <summary>The fault for one request, counted as used. Faults for all come first, then the token's, then prefixes.</summary>
    /// <param name="token">The recipient; null looks only for faults for all requests.</param>
    public Fault? Next(string? token)
    {
        if (!_any)
            return null;
        lock (_sync)
        {
            return NextOf(_all)
                ?? (token is null ? null
                : _tokens.TryGetValue(token, out var entries) && NextOf(entries) is { } fault ? fault
                : NextOfPrefixes(token));
        }
    }

    /// <summary>The fault for one recipient among several of a request whose faults for all were taken before.</summary>
    public Fault? NextForRecipient(string token)
    {
        if (!_any)
            return null;
        lock (_sync)
            return _tokens.TryGetValue(token, out var entries) && NextOf(entries) is { } fault ? fault : NextOfPrefixes(token);
    }

    private void Add(Action add)
    {
        lock (_sync)
        {
            add();
            _any = true;
        }
    }

    private DateTimeOffset? Until(TimeSpan? during) => during is { } length ? time.GetUtcNow() + length : null;

    private Fault? NextOf(List<Entry> entries)
    {
        while (entries.Count > 0)
        {
            var entry = entries[0];
            if (entry.Remaining == 0 || entry.Until <= time.GetUtcNow())
            {
                entries.RemoveAt(0);
                continue;
            }
            entry.Remaining--;
            return entry.Fault;
        }
        return null;
    }

    private Fault? NextOfPrefixes(string token)
    {
        foreach (var entry in _prefixes)
        {
            if (token.StartsWith(entry.Prefix, tokenComparison) && entry.Use(token, _tokens.Comparer))
                return entry.Fault;
        }
        return null;
    }

    private sealed record Entry(Fault Fault, int? Times, DateTimeOffset? Until)
    {
        public int? Remaining { get; set; } = Times;
    }

    private sealed class PrefixEntry(string prefix, Fault fault, int? timesPerToken)
    {
        private Dictionary<string, int>? _used;

        public string Prefix => prefix;

        public Fault Fault => fault;

        public bool Use(string token, IEqualityComparer<string> comparer)
        {
            if (timesPerToken is not { } limit)
                return true;
            _used ??= new(comparer);
            var used = _used.GetValueOrDefault(token);
            if (used >= limit)
                return false;
            _used[token] = used + 1;
            return true;
        }
    }
}
