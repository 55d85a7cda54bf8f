using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>The statements that write <c>delivery</c>.</summary>
internal static class DeliveryStore
{
    private const int MaxReason = 200;

    // What a row costs is mostly its statement's execution, so the common outcome is written many rows at a time.
    private const int RowsAtOnce = 50;

    private const string Columns =
        "INSERT INTO delivery (notification, provider, completed_at, device, gateway_message_id, attempts, outcome, reason, due_at, silences) ";

    private const string Into = Columns + "VALUES ";

    private const string OnConflict =
        " ON CONFLICT (notification, device) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, "
        + "gateway_message_id = excluded.gateway_message_id, attempts = excluded.attempts, due_at = excluded.due_at, "
        + "completed_at = excluded.completed_at, silences = excluded.silences";

    private const string All =
        Columns + "SELECT @p0, @p1, each.* FROM unnest(@p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9) each" + OnConflict;

    private static readonly string ManyAccepted = Into + string.Join(", ", Enumerable.Range(0, RowsAtOnce).Select(row =>
        $"(@p0, @p1, @p2, @p{(3 * row) + 3}, @p{(3 * row) + 4}, @p{(3 * row) + 5}, {(int)DeliveryOutcome.Accepted}, NULL, NULL, NULL)")) + OnConflict;

    /// <summary>Writes one row for each result, over the row of an earlier attempt where there is one. Those that move to another batch are left
    /// to <see cref="WriteMoved"/>.</summary>
    public static void Write(SqlSession session, long notification, string provider, IReadOnlyList<DeliveryResult> results, long now)
    {
        var values = new object?[3 + (3 * RowsAtOnce)];
        (values[0], values[1], values[2]) = (notification, provider, now);
        var gathered = new List<DeliveryResult>(RowsAtOnce);
        foreach (var result in results)
        {
            if (TrialBatches.IsMoved(result))
                continue;
            if (result.Outcome != DeliveryOutcome.Accepted && !session.TakesColumns)
            {
                WriteOne(session, notification, provider, result, now);
                continue;
            }
            gathered.Add(result);
            if (gathered.Count < RowsAtOnce || session.TakesColumns)
                continue;
            for (var row = 0; row < RowsAtOnce; row++)
                (values[3 + (3 * row)], values[4 + (3 * row)], values[5 + (3 * row)]) = (gathered[row].Device, gathered[row].GatewayMessageId, gathered[row].Attempts);
            session.Execute(ManyAccepted, values);
            gathered.Clear();
        }
        if (session.TakesColumns)
        {
            WriteAll(session, notification, provider, gathered, now);
            return;
        }
        foreach (var result in gathered)
            WriteOne(session, notification, provider, result, now);
    }

    /// <summary>Writes the row of a recipient that is sent to with another batch from now on.</summary>
    public static void WriteMoved(SqlSession session, long notification, string provider, in DeliveryResult result, long batch, long now)
    {
        WriteOne(session, notification, provider, result with { DueAt = now }, now);
        session.Execute("UPDATE delivery SET batch = @p2 WHERE notification = @p0 AND device = @p1", notification, result.Device, batch);
    }

    private static void WriteAll(SqlSession session, long notification, string provider, List<DeliveryResult> results, long now)
    {
        if (results.Count == 0)
            return;
        session.Execute(
            All, notification, provider,
            SqlList.Of(results.Select(result => result.Outcome == DeliveryOutcome.Pending ? (long?)null : now)),
            SqlList.Of(results.Select(result => result.Device)),
            SqlList.Of(results.Select(result => result.GatewayMessageId)),
            SqlList.Of(results.Select(result => (long)result.Attempts)),
            SqlList.Of(results.Select(result => (long)result.Outcome)),
            SqlList.Of(results.Select(result => Short(result.Reason))),
            SqlList.Of(results.Select(result => result.Outcome == DeliveryOutcome.Pending ? result.DueAt : (long?)null)),
            SqlList.Of(results.Select(result => result.Silences > 0 ? result.Silences : (long?)null)));
    }

    // Half a surrogate pair is no text that PostgreSQL takes.
    private static string? Short(string? reason) =>
        reason is { Length: > MaxReason } ? reason[..(char.IsHighSurrogate(reason[MaxReason - 1]) ? MaxReason - 1 : MaxReason)] : reason;

    private static void WriteOne(SqlSession session, long notification, string provider, in DeliveryResult result, long now)
    {
        var pending = result.Outcome == DeliveryOutcome.Pending;
        session.Execute(
            Into + "(@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)" + OnConflict,
            notification, provider, pending ? null : now, result.Device, result.GatewayMessageId, result.Attempts, (int)result.Outcome,
            Short(result.Reason),
            pending ? result.DueAt : null, result.Silences > 0 ? result.Silences : null);
    }
}
