namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>How many requests may be in flight: starts low, doubles with every round of good answers until the first bad one, halves then,
/// and feels its way up by one a round from there. Not thread safe.</summary>
/// <remarks>It grows only while it is what holds requests back, and what was in flight when it was cut cannot cut it again: they fail together,
/// and that is one failure.</remarks>
internal sealed class ConcurrencyLimit(int first, int most)
{
    private bool _doubling = true;
    private int _goodSinceRaise;
    private int _startedBeforeCut;

    public int Current { get; private set; } = Math.Min(first, most);

    /// <summary>A request ended well.</summary>
    /// <param name="inFlight">How many were in flight with it.</param>
    public void Succeed(int inFlight)
    {
        End();
        if (Current >= most || inFlight < Current)
            return;
        if (!_doubling && ++_goodSinceRaise < Current)
            return;
        _goodSinceRaise = 0;
        Current++;
    }

    /// <summary>The gateway asked for less, or could not keep up.</summary>
    /// <param name="inFlight">How many were in flight with the request that it said it of.</param>
    public void Cut(int inFlight)
    {
        if (End())
            return;
        _doubling = false;
        _goodSinceRaise = 0;
        Current = Math.Max(1, Current / 2);
        _startedBeforeCut = inFlight - 1;
    }

    /// <summary>A request ended in a way that says nothing of the gateway's load.</summary>
    /// <returns>Whether it had started before the last cut.</returns>
    public bool End()
    {
        if (_startedBeforeCut <= 0)
            return false;
        _startedBeforeCut--;
        return true;
    }
}
