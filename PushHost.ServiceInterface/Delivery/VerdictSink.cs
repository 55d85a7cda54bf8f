using PushHost.Providers;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Lets a provider's requests start and hands on its verdicts, for the recipients of one gateway in one claim.</summary>
internal sealed class VerdictSink : IVerdictSink
{
    private const int NotBegun = 0;
    private const int Begun = 1;
    private const int Reported = 2;

    private readonly GatewayFlow _flow;
    private readonly Func<bool> _mayStart;
    private readonly Action<int, Verdict> _take;
    private readonly int[] _states;
    private readonly int[] _requests;
    private readonly int[] _open;

    /// <param name="recipients">How many recipients the batch has.</param>
    /// <param name="flow">The gateway's.</param>
    /// <param name="mayStart">Whether the lease and the host allow another request.</param>
    /// <param name="take">Takes each recipient's one verdict. Called concurrently.</param>
    public VerdictSink(int recipients, GatewayFlow flow, Func<bool> mayStart, Action<int, Verdict> take)
    {
        _flow = flow;
        _mayStart = mayStart;
        _take = take;
        _states = new int[recipients];
        _requests = new int[recipients];
        _open = new int[recipients];
    }

    public async ValueTask<bool> BeginAsync(int first, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, _states.Length);
        if (!_mayStart() || !await _flow.EnterAsync(cancellationToken))
            return false;
        // The wait for room may have been long.
        if (!_mayStart())
        {
            _flow.Leave();
            return false;
        }
        _open[first] = count;
        for (var i = first; i < first + count; i++)
        {
            _requests[i] = first;
            Volatile.Write(ref _states[i], Begun);
        }
        return true;
    }

    public void Report(int index, Verdict verdict)
    {
        if (Interlocked.CompareExchange(ref _states[index], Reported, Begun) != Begun)
            return;
        if (Interlocked.Decrement(ref _open[_requests[index]]) == 0)
            _flow.Leave();
        _take(index, verdict);
    }

    /// <summary>Ends the delivery: what was begun and never reported got no answer.</summary>
    /// <param name="reason">What happened instead; null leaves them without a verdict, as when the host stops.</param>
    public void End(string? reason)
    {
        for (var i = 0; i < _states.Length; i++)
        {
            if (Volatile.Read(ref _states[i]) != Begun)
                continue;
            if (reason is not null)
                Report(i, new Unknown(reason));
            else if (Interlocked.CompareExchange(ref _states[i], NotBegun, Begun) == Begun && Interlocked.Decrement(ref _open[_requests[i]]) == 0)
                _flow.Leave();
        }
    }
}
