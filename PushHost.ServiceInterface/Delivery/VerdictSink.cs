using PushHost.Providers;
using PushHost.ServiceInterface.Delivery.Flow;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Lets a provider's requests start and hands on its verdicts, for the recipients of one gateway in one claim.</summary>
internal sealed class VerdictSink : IVerdictSink
{
    private const int NotBegun = 0;
    private const int Begun = 1;
    private const int Reported = 2;

    private readonly LaneFlow _flow;
    private readonly Holding _holding;
    private readonly Func<int, ValueTask<bool>> _mayStart;
    private readonly Action<int, Verdict, TimeSpan> _take;
    private readonly TimeProvider _time;
    private readonly int[] _states;
    private readonly int[] _requests;
    private readonly int[] _open;
    private readonly int[] _endings;
    private readonly long[] _begunAt;
    private volatile bool _hasRefused;

    /// <param name="recipients">How many recipients the batch has.</param>
    /// <param name="flow">The lane's.</param>
    /// <param name="holding">What the claim holds.</param>
    /// <param name="mayStart">Waits for the notification's pace, and tells whether the lease and the host allow another request for so many recipients.</param>
    /// <param name="take">Takes each recipient's one verdict, and how long it took. Called concurrently.</param>
    /// <param name="time">The clock.</param>
    public VerdictSink(
        int recipients, LaneFlow flow, Holding holding, Func<int, ValueTask<bool>> mayStart, Action<int, Verdict, TimeSpan> take, TimeProvider time)
    {
        _flow = flow;
        _holding = holding;
        _mayStart = mayStart;
        _take = take;
        _time = time;
        _states = new int[recipients];
        _requests = new int[recipients];
        _open = new int[recipients];
        _endings = new int[recipients];
        _begunAt = new long[recipients];
    }

    /// <summary>Whether the provider never asked for some of the recipients, though it might have.</summary>
    public bool AreSomeLeftOut => !_hasRefused && Array.IndexOf(_states, NotBegun) >= 0;

    public async ValueTask<bool> BeginAsync(int first, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, _states.Length);
        if (!await _mayStart(count) || !await _flow.EnterAsync(count, cancellationToken))
        {
            _hasRefused = true;
            return false;
        }
        // The wait for room may have been long.
        if (!await _mayStart(0))
        {
            _flow.Leave(Ending.Silent);
            _hasRefused = true;
            return false;
        }
        _holding.Begin(count);
        _open[first] = count;
        var begunAt = _time.GetTimestamp();
        for (var i = first; i < first + count; i++)
        {
            _requests[i] = first;
            _begunAt[i] = begunAt;
            Volatile.Write(ref _states[i], Begun);
        }
        return true;
    }

    public void Report(int index, Verdict verdict)
    {
        if (Interlocked.CompareExchange(ref _states[index], Reported, Begun) != Begun)
            return;
        var after = _time.GetElapsedTime(_begunAt[index]);
        try
        {
            // Before its room is given away: the next request must find the rest that this verdict may begin.
            _take(index, verdict, after);
        }
        finally
        {
            Close(_requests[index], EndingOf(verdict));
        }
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
            else if (Interlocked.CompareExchange(ref _states[i], NotBegun, Begun) == Begun)
                Close(_requests[i], Ending.Silent);
        }
    }

    // A request for many recipients ends with the last of them, and tells of the gateway's load what the worst of its verdicts does.
    private void Close(int request, Ending ending)
    {
        InterlockedMax(ref _endings[request], (int)ending);
        if (Interlocked.Decrement(ref _open[request]) == 0)
            _flow.Leave((Ending)Volatile.Read(ref _endings[request]));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var known = Volatile.Read(ref target); known < value;)
        {
            var found = Interlocked.CompareExchange(ref target, value, known);
            if (found == known)
                return;
            known = found;
        }
    }

    /// <summary>What a verdict tells of the gateway's load.</summary>
    public static Ending EndingOf(Verdict verdict) => verdict switch
    {
        Throttled { Scope: not VerdictScope.Target } or Unavailable { MayHaveProcessed: true } or Unavailable { Scope: VerdictScope.Target } or Unknown => Ending.Overload,
        Unavailable or CredentialRejected => Ending.Silent,
        _ => Ending.Well,
    };
}
