using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Metrics;

/// <summary>Gauges of what waits, read from the database when somebody looks; together, and at most once a second.</summary>
internal sealed class BacklogGauges(PushHostMeter meter, Database database, DatabaseWriter writer, Alarms alarms, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly DeliveryLane[] Lanes = Enum.GetValues<DeliveryLane>();

    private readonly Lock _gate = new();
    private Backlog? _backlog;
    private long _readAt;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var gauges = meter.Meter;
        gauges.CreateObservableGauge("pushhost.queue.depth", () => OfLanes(queues => queues.Sum(queue => queue.Recipients)), null, "Recipients without an outcome.");
        gauges.CreateObservableGauge("pushhost.queue.age", () => OfLanes(Age), "s", "For how long the batch that has waited longest is due.");
        gauges.CreateObservableGauge("pushhost.planner.backlog", () => Read()?.ToPlan ?? 0, null, "Notifications that are not planned yet.");
        gauges.CreateObservableGauge("pushhost.journal.waiting", Waiting, null, "Pieces of work that wait to be written.");
        gauges.CreateObservableGauge("pushhost.alarms", Raised, null, "Alarms that are raised: 1 each.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<double>> OfLanes(Func<IEnumerable<QueueState>, double> of)
    {
        if (Read() is not { } backlog)
            yield break;
        foreach (var lane in Lanes)
            yield return new(of(backlog.Queues.Where(queue => queue.Lane == lane)), new KeyValuePair<string, object?>("lane", lane.ToString().ToLowerInvariant()));
    }

    private double Age(IEnumerable<QueueState> queues) =>
        queues.Min(queue => queue.OldestDue) is { } oldest ? Math.Max(0, time.UnixMilliseconds() - oldest) / 1000.0 : 0;

    private IEnumerable<Measurement<int>> Waiting()
    {
        var (callers, engine) = writer.Waiting;
        yield return new(callers, new KeyValuePair<string, object?>("lane", "caller"));
        yield return new(engine, new KeyValuePair<string, object?>("lane", "engine"));
    }

    private IEnumerable<Measurement<int>> Raised() => alarms.All.Select(alarm => new Measurement<int>(
        1, new("alarm", alarm.Name), new("app", alarm.App), new("provider", alarm.Provider ?? ""), new("environment", alarm.Environment ?? "")));

    // A database that is away leaves gaps in these gauges, and the readiness tells of it.
    private Backlog? Read()
    {
        lock (_gate)
        {
            if (_backlog is not null && Stopwatch.GetElapsedTime(_readAt) < Fresh)
                return _backlog;
            try
            {
                using var session = database.Read();
                _backlog = Backlog.Read(session, time.UnixMilliseconds());
            }
            catch (Exception error) when (StorageErrors.Translate(error) is StorageUnavailableException)
            {
                _backlog = null;
            }
            _readAt = Stopwatch.GetTimestamp();
            return _backlog;
        }
    }
}
