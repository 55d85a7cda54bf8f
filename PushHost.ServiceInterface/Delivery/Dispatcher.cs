using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Claims batches for every queue whose gateway can take more, all in one transaction, and starts their runs.</summary>
/// <remarks>Each queue is claimed from for its own flow alone: a lane or an app that has much to send holds up no other, and a gateway that rests is left
/// out, so that an outage costs nothing. What a resting queue holds past its message's time is claimed all the same, to end.</remarks>
internal sealed class Dispatcher(EngineParts parts, Action<Claim, Holding> run)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    private readonly record struct Intent(QueueKey Queue, LaneFlow Flow, int Wanted, bool OnlyOver);

    /// <summary>Claims what is wanted.</summary>
    /// <returns>How long there is nothing to do, unless it is woken; zero when something was claimed.</returns>
    public async Task<TimeSpan> StepAsync()
    {
        var (intents, wake) = Look();
        if (intents.Count > 0 && await ClaimAsync(intents))
            return TimeSpan.Zero;
        var sleep = TimeSpan.FromMilliseconds(wake - parts.Time.UnixMilliseconds());
        return sleep < ShortestSleep ? ShortestSleep : sleep < LongestSleep ? sleep : LongestSleep;
    }

    private (List<Intent> Intents, long Wake) Look()
    {
        var intents = new List<Intent>();
        using var session = parts.Database.Read();
        var now = parts.Time.UnixMilliseconds();
        var wake = now + (long)LongestSleep.TotalMilliseconds;
        foreach (var (queue, dueAt) in BatchStore.Queues(session))
        {
            if (dueAt > now)
            {
                wake = Math.Min(wake, dueAt);
                continue;
            }
            var flow = parts.Flows.Of(queue);
            if (flow.RestUntil > now)
            {
                wake = Math.Min(wake, flow.RestUntil);
                if (BatchStore.AnyOver(session, queue, now))
                    intents.Add(new Intent(queue, flow, BatchStore.MaxRecipients, OnlyOver: true));
            }
            else if (flow.Wanted is > 0 and var wanted)
            {
                intents.Add(new Intent(queue, flow, wanted, OnlyOver: false));
            }
        }
        return (intents, wake);
    }

    private async Task<bool> ClaimAsync(List<Intent> intents)
    {
        var claimed = await parts.Writer.WriteAsync(WriteLane.Engine, session =>
        {
            var now = parts.Time.UnixMilliseconds();
            var leaseUntil = now + (long)parts.Settings.Lease.TotalMilliseconds;
            return intents.ConvertAll(intent => BatchStore.Claim(session, intent.Queue, intent.Wanted, now, leaseUntil, intent.OnlyOver, parts.Hosts.Id));
        });
        for (var i = 0; i < intents.Count; i++)
        {
            foreach (var claim in claimed[i])
                run(claim, new Holding(intents[i].Flow, (int)claim.Batch.Left));
        }
        return claimed.Exists(claims => claims.Count > 0);
    }
}
