using PushHost.Providers;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Flow;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>Lets a probe's requests start and keeps its verdicts. Safe for concurrent use.</summary>
/// <param name="flow">The lane that the requests go through.</param>
/// <param name="recipients">How many recipients the batch has.</param>
internal sealed class ProbeSink(LaneFlow flow, int recipients) : IVerdictSink
{
    private readonly Lock _gate = new();
    private readonly Verdict?[] _verdicts = new Verdict?[recipients];
    private readonly int[] _requests = new int[recipients];
    private readonly int[] _open = new int[recipients];
    private readonly bool[] _begun = new bool[recipients];

    public Verdict? VerdictOf(int index) => _verdicts[index];

    public async ValueTask<bool> BeginAsync(int first, int count, CancellationToken cancellationToken)
    {
        if (!await flow.EnterAsync(count, cancellationToken))
            return false;
        lock (_gate)
        {
            _open[first] = count;
            for (var i = first; i < first + count; i++)
                (_requests[i], _begun[i]) = (first, true);
        }
        return true;
    }

    public void Report(int index, Verdict verdict)
    {
        lock (_gate)
        {
            if (!_begun[index] || _verdicts[index] is not null)
                return;
            _verdicts[index] = verdict;
            Close(_requests[index], VerdictSink.EndingOf(verdict));
        }
        if (verdict is Throttled { Scope: not VerdictScope.Target } throttled)
            flow.Rest(verdict.Reason, throttled.NotBefore);
        else if (verdict is Unavailable { Scope: not VerdictScope.Target } or CredentialRejected { Scope: not VerdictScope.Target })
            flow.Rest(verdict.Reason, null);
    }

    /// <summary>Ends the probe: what was begun and never reported gets no verdict.</summary>
    public void End()
    {
        lock (_gate)
        {
            for (var i = 0; i < _verdicts.Length; i++)
            {
                if (!_begun[i] || _verdicts[i] is not null)
                    continue;
                _begun[i] = false;
                Close(_requests[i], Ending.Silent);
            }
        }
    }

    private void Close(int request, Ending ending)
    {
        if (--_open[request] == 0)
            flow.Leave(ending);
    }
}
