namespace PushHost.ServiceInterface.Metrics;

/// <summary>One number, or the buckets of one histogram. Safe for concurrent use.</summary>
/// <param name="bounds">The upper bounds of the buckets, rising; null for a number.</param>
internal sealed class Series(double[]? bounds)
{
    private readonly long[] _buckets = new long[(bounds?.Length ?? -1) + 1];
    private double _sum;

    /// <summary>The number; of a histogram the sum of all that was counted.</summary>
    public double Sum => Volatile.Read(ref _sum);

    public IReadOnlyList<double> Bounds => bounds ?? [];

    /// <summary>How many were counted in each bucket, the last one without a bound.</summary>
    public IReadOnlyList<long> Buckets => _buckets;

    public void Set(double value) => Volatile.Write(ref _sum, value);

    public void Add(double value)
    {
        if (bounds is not null)
        {
            var bucket = 0;
            while (bucket < bounds.Length && value > bounds[bucket])
                bucket++;
            Interlocked.Increment(ref _buckets[bucket]);
        }
        var sum = Volatile.Read(ref _sum);
        while (Interlocked.CompareExchange(ref _sum, sum + value, sum) is var seen && !seen.Equals(sum))
            sum = seen;
    }
}
