using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PushHost.ServiceInterface.Metrics;

/// <summary>Keeps what the meter says, for <c>GET /metrics</c>. Each of several hosts in one process keeps its own, and what belongs to the process.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Family> _families = new(StringComparer.Ordinal);

    public MetricsCollector(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PushHostMeter.Name && (instrument.Meter.Scope is null || instrument.Meter.Scope == factory))
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument.Name, _ => new Family(instrument)));
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((Family)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((Family)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((Family)state!).Take(value, tags));
        _listener.Start();
    }

    /// <summary>All families by name, their gauges read anew.</summary>
    public IReadOnlyList<Family> Collect()
    {
        foreach (var family in _families.Values)
            family.ForgetGauges();
        _listener.RecordObservableInstruments();
        return [.. _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _listener.Dispose();
}
