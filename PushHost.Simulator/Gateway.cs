using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using PushHost.Simulator.Http2;

namespace PushHost.Simulator;

/// <summary>What the simulated gateways have in common: faults, an outbox, counters and control over their connections.
/// Thread safe; everything may change while requests are under way.</summary>
public abstract class Gateway
{
    private readonly ConcurrentDictionary<(int Status, string Reason), long> _outcomes = new();
    private readonly ConcurrentDictionary<FrameGate, bool> _gates = new();
    private long _requests;
    private long _accepted;
    private long _awayUntil;

    private protected Gateway(string name, SimulatorOptions options, StringComparison tokenComparison)
    {
        Name = name;
        Options = options;
        Faults = new FaultBook(options.Time, tokenComparison);
        Outbox = new Outbox(options.OutboxCapacity);
        Tally = options.TallyRecipients ? new RecipientTally(tokenComparison) : null;
    }

    /// <summary><c>apns</c> or <c>fcm</c>.</summary>
    public string Name { get; }

    /// <summary>The latest requests.</summary>
    public Outbox Outbox { get; }

    /// <summary>Counts by recipient; null unless <see cref="SimulatorOptions.TallyRecipients"/> is set.</summary>
    public RecipientTally? Tally { get; }

    /// <summary>The counters now.</summary>
    public GatewayStats Stats => new(
        Interlocked.Read(ref _requests),
        Interlocked.Read(ref _accepted),
        _outcomes.ToDictionary(outcome => $"{outcome.Key.Status} {outcome.Key.Reason}", outcome => outcome.Value),
        Connections.ConnectionsOpened,
        Connections.ConnectionsOpen,
        Connections.StreamsPeak,
        Connections.StreamLimitViolations,
        Connections.GoAwaysSent,
        TokensIssued);

    private protected virtual long TokensIssued => 0;

    internal SimulatorOptions Options { get; }

    internal FaultBook Faults { get; }

    internal ConnectionCounters Connections { get; } = new();

    internal ICollection<FrameGate> Gates => _gates.Keys;

    /// <summary>Meets requests for one token with a fault. Several faults for a token follow one another.</summary>
    /// <param name="token">The recipient. APNs compares without case, FCM with.</param>
    /// <param name="fault">What to do.</param>
    /// <param name="times">For how many requests; null for all.</param>
    public void FaultToken(string token, Fault fault, int? times = null) => Faults.ForToken(token, fault, times);

    /// <summary>Meets all tokens that begin alike with a fault, so that a scenario of any size needs one call: of hex tokens
    /// those that begin with <c>dead</c>, for example. Prefixes are tried in the order they were set.</summary>
    /// <param name="prefix">How the tokens begin. APNs compares without case, FCM with.</param>
    /// <param name="fault">What to do.</param>
    /// <param name="times">For how many requests of each token; null for all.</param>
    public void FaultsByPrefix(string prefix, Fault fault, int? times = null) => Faults.ForPrefix(prefix, fault, times);

    /// <summary>Meets every request with a fault, before any fault for a token.</summary>
    /// <param name="fault">What to do.</param>
    /// <param name="times">For how many requests; null for all.</param>
    /// <param name="during">For how long by the simulator's clock; null without end.</param>
    public void FaultAll(Fault fault, int? times = null, TimeSpan? during = null) => Faults.ForAll(fault, times, during);

    /// <summary>Forgets every fault. Requests already held stay held.</summary>
    public void ClearFaults() => Faults.Clear();

    /// <summary>Announces GOAWAY on every open HTTP/2 connection, now.</summary>
    /// <inheritdoc cref="Fault.GoAway"/>
    public void GoAway(string reason = "Shutdown", int? lastStreamId = null, DateTimeOffset? timestamp = null)
    {
        foreach (var gate in Gates)
            gate.GoAway(reason, lastStreamId, timestamp);
    }

    /// <summary>Resets every open HTTP/2 connection, now.</summary>
    public void ResetConnections()
    {
        foreach (var gate in Gates)
            gate.ResetConnection();
    }

    /// <summary>Is away: resets every open connection, and every new one for so long, before a word of TLS.</summary>
    /// <param name="during">By the simulator's clock.</param>
    public void GoAwayFor(TimeSpan during)
    {
        Interlocked.Exchange(ref _awayUntil, (Options.Time.GetUtcNow() + during).UtcTicks);
        ResetConnections();
    }

    internal bool IsAway => Interlocked.Read(ref _awayUntil) > Options.Time.GetUtcNow().UtcTicks;

    internal virtual object? NewConnectionState(ConnectionContext connection) => null;

    internal void Opened(FrameGate gate) => _gates.TryAdd(gate, true);

    internal void Closed(FrameGate gate) => _gates.TryRemove(gate, out _);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void Count(Outcome outcome)
    {
        if (outcome.IsAccepted)
            Interlocked.Increment(ref _accepted);
        else
            _outcomes.AddOrUpdate((outcome.Status, outcome.Reason), 1, static (_, count) => count + 1);
    }

    internal virtual void Reset()
    {
        Faults.Clear();
        Outbox.Clear();
        Tally?.Clear();
        Interlocked.Exchange(ref _awayUntil, 0);
        Connections.Reset();
        _outcomes.Clear();
        Interlocked.Exchange(ref _requests, 0);
        Interlocked.Exchange(ref _accepted, 0);
    }
}
