using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PushHost.ServiceInterface.Metrics;

/// <summary>What is counted under one name, by its labels.</summary>
/// <remarks>Safe for concurrent use. A series that would be one too many is counted into one without labels, so that nothing grows without end.</remarks>
internal sealed class Family(Instrument instrument)
{
    private const int MaxSeries = 1000;

    private readonly ConcurrentDictionary<Labels, Series> _series = new();
    private readonly double[]? _bounds = Boundaries(instrument);
    private readonly bool _isObserved = instrument.IsObservable;

    public string Name { get; } = instrument.Name;

    public string? Unit { get; } = instrument.Unit;

    public string Description { get; } = instrument.Description ?? "";

    public FamilyKind Kind { get; } = KindOf(instrument);

    /// <summary>The series by their labels.</summary>
    public IEnumerable<KeyValuePair<Labels, Series>> All => _series;

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new Labels(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= MaxSeries)
                labels = default;
            series = _series.GetOrAdd(labels, _ => new Series(_bounds));
        }
        if (_isObserved)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>Lets go of what is observed anew, so that what is no more is not shown.</summary>
    public void ForgetGauges()
    {
        if (_isObserved)
            _series.Clear();
    }

    private static double[]? Boundaries(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => [.. histogram.Advice?.HistogramBucketBoundaries ?? []],
        Histogram<int> histogram => [.. (histogram.Advice?.HistogramBucketBoundaries ?? []).Select(bound => (double)bound)],
        _ => null,
    };

    private static FamilyKind KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => FamilyKind.Counter,
        Histogram<double> or Histogram<int> => FamilyKind.Histogram,
        _ => FamilyKind.Gauge,
    };
}

/// <summary>How a family is read.</summary>
internal enum FamilyKind
{
    /// <summary>Only rises.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Counted by size.</summary>
    Histogram,
}
