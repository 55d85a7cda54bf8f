using System.Collections.Immutable;

namespace PushHost.Simulator;

/// <summary>One recipient of one request that a simulated gateway processed.</summary>
/// <param name="Gateway"><c>apns</c>, <c>fcm</c> or <c>gcm</c>.</param>
/// <param name="Token">The recipient as the request named it; for FCM also a topic, condition or installation ID.</param>
/// <param name="Headers">The request's headers, without pseudo headers.</param>
/// <param name="Body">The request's body. Equal bodies may share their memory.</param>
/// <param name="Time">When the gateway decided, UTC.</param>
/// <param name="ConnectionId">Which connection it came by.</param>
/// <param name="StreamId">Its HTTP/2 stream; 0 over HTTP/1.1.</param>
/// <param name="Outcome">What the gateway did.</param>
public sealed record OutboxEntry(
    string Gateway,
    string Token,
    ImmutableArray<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset Time,
    string ConnectionId,
    int StreamId,
    Outcome Outcome)
{
    /// <summary>A header's value by its name in lower case; null if it was not sent.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        }
        return null;
    }
}

/// <summary>What a gateway did with a request or one of its recipients.</summary>
/// <param name="Status">The HTTP status; 0 if there was no HTTP answer.</param>
/// <param name="Reason">The gateway's word, such as <c>BadDeviceToken</c>; the fault's name without an answer; empty if accepted.</param>
public readonly record struct Outcome(int Status, string Reason)
{
    /// <summary>Accepted for delivery.</summary>
    public static Outcome Accepted => new(200, "");

    /// <summary>True if the gateway took it.</summary>
    public bool IsAccepted => Status == 200 && Reason.Length == 0;
}

/// <summary>The latest requests of a gateway, bounded. Thread safe.</summary>
public sealed class Outbox
{
    private readonly Lock _sync = new();
    private readonly OutboxEntry[] _ring;
    private readonly List<(long Total, TaskCompletionSource Reached)> _waiting = [];
    private long _total;

    internal Outbox(int capacity) => _ring = new OutboxEntry[capacity];

    /// <summary>False if the capacity is 0: nothing is kept.</summary>
    public bool IsEnabled => _ring.Length > 0;

    /// <summary>How many entries came in since the start or the last reset, those no longer kept included.</summary>
    public long Total
    {
        get
        {
            lock (_sync)
                return _total;
        }
    }

    /// <summary>The entries kept, oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            var entries = Latest(int.MaxValue);
            Array.Reverse(entries);
            return entries;
        }
    }

    /// <summary>Up to <paramref name="count"/> entries, newest first.</summary>
    public OutboxEntry[] Latest(int count)
    {
        lock (_sync)
        {
            var entries = new OutboxEntry[Math.Min(count, Math.Min(_total, _ring.Length))];
            for (var i = 0; i < entries.Length; i++)
                entries[i] = _ring[(_total - 1 - i) % _ring.Length];
            return entries;
        }
    }

    /// <summary>Completes when <see cref="Total"/> has reached <paramref name="total"/>.</summary>
    public Task WaitForTotalAsync(long total, CancellationToken cancellationToken = default)
    {
        lock (_sync)
        {
            if (_total >= total)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((total, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Add(OutboxEntry entry)
    {
        lock (_sync)
        {
            _ring[_total++ % _ring.Length] = entry;
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Total > _total)
                    continue;
                _waiting[i].Reached.SetResult();
                _waiting.RemoveAt(i);
            }
        }
    }

    internal void Clear()
    {
        lock (_sync)
        {
            Array.Clear(_ring);
            _total = 0;
        }
    }
}
