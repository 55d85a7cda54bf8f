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
        Interlocked.Add(ref _left, -recipients);
        _flow.Unhold(recipients);
    }

    /// <summary>Gives back what has not begun.</summary>
    public void Dispose() => _flow.Unhold(Interlocked.Exchange(ref _left, 0));
}
