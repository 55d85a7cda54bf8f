namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>The recipients that a claim holds and that have not begun, as its queue's flow counts them. Safe for concurrent use.</summary>
internal sealed class Holding : IDisposable
{
    private readonly LaneFlow _flow;
    private int _left;

    public Holding(LaneFlow flow, int recipients)
    {
        _flow = flow;
        _left = recipients;
        flow.Hold(recipients);
    }

    /// <summary>Some have begun.</summary>
    public void Begin(int recipients)
    {
        for (var left = Volatile.Read(ref _left); ;)
        {
            // What was given back before it began is not given back twice.
            var begun = Math.Min(recipients, left);
            var found = Interlocked.CompareExchange(ref _left, left - begun, left);
            if (found == left)
            {
                _flow.Unhold(begun);
                return;
            }
            left = found;
        }
    }

    /// <summary>Gives back what has not begun.</summary>
    public void GiveBack() => _flow.Unhold(Interlocked.Exchange(ref _left, 0));

    public void Dispose() => GiveBack();
}
