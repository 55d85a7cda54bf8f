using System.Collections.Concurrent;
using PushHost.Providers;

namespace PushHost.Tests.Providers.Apns;

/// <summary>An engine that lets everything begin and keeps what is reported.</summary>
internal sealed class RecordingSink : IVerdictSink
{
    private readonly ConcurrentDictionary<int, Verdict> _verdicts = new();

    /// <summary>How many may begin.</summary>
    public int Room { get; init; } = int.MaxValue;

    public int Begun { get; private set; }

    public int Reports { get; private set; }

    public Verdict this[int index] => _verdicts[index];

    public IEnumerable<Verdict> Verdicts => _verdicts.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    public ValueTask<bool> BeginAsync(int first, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Begun == Room)
            return ValueTask.FromResult(false);
        Begun++;
        return ValueTask.FromResult(true);
    }

    public void Report(int index, Verdict verdict)
    {
        lock (_verdicts)
            Reports++;
        _verdicts.TryAdd(index, verdict);
    }
}
