using System.Collections.Concurrent;
using PushHost.Providers;

namespace PushHost.Tests.Providers.Gcm;

/// <summary>Lets everything begin, up to a number of requests, and keeps the verdicts.</summary>
internal sealed class TestSink(int requests = int.MaxValue) : IVerdictSink
{
    private readonly ConcurrentDictionary<int, Verdict> _verdicts = new();
    private readonly ConcurrentQueue<(int First, int Count)> _begun = new();

    public Verdict this[int index] => _verdicts[index];

    public int Count => _verdicts.Count;

    public IReadOnlyList<(int First, int Count)> Begun => [.. _begun];

    public ValueTask<bool> BeginAsync(int first, int count, CancellationToken cancellationToken)
    {
        if (_begun.Count >= requests)
            return ValueTask.FromResult(false);
        _begun.Enqueue((first, count));
        return ValueTask.FromResult(true);
    }

    public void Report(int index, Verdict verdict) => _verdicts.TryAdd(index, verdict);
}
