namespace PushHost.Simulator;

/// <summary>A gateway's counters at one moment, since the start or the last reset.</summary>
/// <param name="Requests">HTTP requests processed, whatever became of them.</param>
/// <param name="Accepted">Messages accepted; a legacy request can hold many.</param>
/// <param name="Outcomes">Messages not accepted by <c>"status reason"</c>, such as <c>"410 Unregistered"</c>; status 0 means no answer.</param>
/// <param name="ConnectionsOpened">Connections ever opened.</param>
/// <param name="ConnectionsOpen">Connections open now.</param>
/// <param name="StreamsPeak">The most streams that were open at once on one connection.</param>
/// <param name="StreamLimitViolations">Streams opened above a limit that the client had acknowledged.</param>
/// <param name="GoAwaysSent">GOAWAY frames sent.</param>
/// <param name="TokensIssued">Access tokens that the token endpoint issued; 0 for APNs.</param>
public sealed record GatewayStats(
    long Requests,
    long Accepted,
    IReadOnlyDictionary<string, long> Outcomes,
    long ConnectionsOpened,
    long ConnectionsOpen,
    long StreamsPeak,
    long StreamLimitViolations,
    long GoAwaysSent,
    long TokensIssued);
