using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>How much of one lane may be in flight to one gateway. Safe for concurrent use.</summary>
/// <remarks>The least of three holds: what good and bad answers have taught (<see cref="ConcurrencyLimit"/>), what the gateway's connections carry, and one while
/// the gateway is being tried after a rest. A little more than the connections carry is let on, so that further ones are opened where they are needed.</remarks>
internal sealed class LaneFlow(GatewayHealth health, ConcurrencyLimit limit, RateCeiling? ceiling, bool mayRunAhead, TimeProvider time)
{
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private readonly RestTime _rest = new(time);
    private int _inFlight;
    private int _held;
    private int? _capacity;
    private int _lastAllowed = 1;
    private int _toldLow;
    private volatile string? _restReason;

    /// <summary>Rung when more recipients are wanted than the running claims still hold.</summary>
    public Action RunsLow { get; set; } = () => { };

    public GatewayHealth Health => health;

    /// <summary>Until when nothing is sent, Unix milliseconds; in the past when nothing is wrong.</summary>
    public long RestUntil => Math.Max(_rest.Until, health.RestUntil);

    public bool Rests => RestUntil > time.UnixMilliseconds();

    /// <summary>Why it rests, in the gateway's own word; null when nothing is wrong.</summary>
    public string? RestReason => health.Reason ?? (Rests ? _restReason : null);

    /// <summary>The limit now, for metrics.</summary>
    public int Limit
    {
        get
        {
            lock (_gate)
                return Allowed;
        }
    }

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many more recipients to claim, so that requests never wait for a claim and claims hold little that waits.</summary>
    public int Wanted
    {
        get
        {
            lock (_gate)
                return Rests ? 0 : Math.Max(0, (2 * Allowed) - _held);
        }
    }

    /// <summary>What the gateway's connections carry now changed.</summary>
    public void SetCapacity(int requests)
    {
        lock (_gate)
        {
            _capacity = requests;
            Admit();
        }
        RunsLow();
    }

    /// <summary>A claim holds recipients that are to be sent to.</summary>
    public void Hold(int recipients)
    {
        Interlocked.Add(ref _held, recipients);
        Volatile.Write(ref _toldLow, 0);
    }

    /// <summary>Recipients that a claim held have begun, or are given back.</summary>
    public void Unhold(int recipients)
    {
        // Told once: the next claim makes it worth telling again.
        if (Interlocked.Add(ref _held, -recipients) < 2 * Volatile.Read(ref _lastAllowed) && Interlocked.Exchange(ref _toldLow, 1) == 0)
            RunsLow();
    }

    /// <summary>Waits for room for one request.</summary>
    /// <param name="messages">How many messages it carries, for the ceiling.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the lane rests.</returns>
    public async ValueTask<bool> EnterAsync(int messages, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool>? waiter = null;
        lock (_gate)
        {
            if (Rests)
                return false;
            if (_waiting.Count == 0 && _inFlight < Allowed)
                _inFlight++;
            else
                _waiting.Enqueue(waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        if (waiter is not null && !await WaitAsync(waiter, cancellationToken))
            return false;
        if (ceiling?.Take(messages, mayRunAhead) is { } delay && delay > TimeSpan.Zero)
            await KeepRoomAsync(delay, cancellationToken);
        if (!Rests)
            return true;
        Leave(Ending.Silent);
        return false;
    }

    /// <summary>Gives the room of one request back.</summary>
    public void Leave(Ending ending)
    {
        lock (_gate)
        {
            if (ending == Ending.Well)
                limit.Succeed(_inFlight);
            else if (ending == Ending.Overload)
                limit.Cut(_inFlight);
            else
                limit.End();
            _inFlight--;
            Admit();
        }
    }

    /// <summary>Lets this lane rest, and no other: until the gateway's own time, at most five minutes, or for a second.</summary>
    /// <param name="reason">The gateway's own word.</param>
    /// <param name="notBefore">The gateway's own time; null for a second.</param>
    /// <returns>Whether it rests only now.</returns>
    public bool Rest(string reason, DateTimeOffset? notBefore)
    {
        var now = time.UnixMilliseconds();
        lock (_gate)
        {
            var isNews = _rest.Until <= now;
            _restReason = reason;
            _rest.Extend(notBefore?.ToUnixTimeMilliseconds() ?? now + (long)ShortRest.TotalMilliseconds);
            Admit();
            return isNews;
        }
    }

    /// <summary>The gateway rests or is well again: whoever waits is told.</summary>
    public void HealthChanged()
    {
        lock (_gate)
            Admit();
        RunsLow();
    }

    private int Allowed
    {
        get
        {
            var allowed = limit.Current;
            if (_capacity is { } carried)
                allowed = Math.Min(allowed, carried + Math.Max(4, carried / 4));
            if (health.Reason is not null)
                allowed = 1;
            Volatile.Write(ref _lastAllowed, allowed);
            return allowed;
        }
    }

    private void Admit()
    {
        if (Rests)
        {
            while (_waiting.TryDequeue(out var refused))
                refused.TrySetResult(false);
            return;
        }
        for (var room = Allowed - _inFlight; room > 0 && _waiting.TryDequeue(out var next);)
        {
            if (!next.TrySetResult(true))
                continue;
            _inFlight++;
            room--;
        }
    }

    private static async Task<bool> WaitAsync(TaskCompletionSource<bool> waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), waiter);
        return await waiter.Task;
    }

    private async Task KeepRoomAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken);
        }
        catch
        {
            Leave(Ending.Silent);
            throw;
        }
    }
}
