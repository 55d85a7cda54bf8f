using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Fuzz;

/// <summary>Follows how much memory a host holds. What it takes while it warms up is its own affair; what it goes on taking is a leak.</summary>
internal sealed class MemoryWatch(ChildProcess host)
{
    private readonly List<long> _samples = [];

    public void Sample() => _samples.Add(host.Memory);

    /// <summary>MB held in the second quarter of the run, and in the last.</summary>
    public (long Before, long After) Compare() => (Median(1), Median(3));

    /// <summary>Whether the last quarter holds so much more than the second that it is no accident.</summary>
    public bool Grew()
    {
        var (before, after) = Compare();
        return after > before * 5 / 4 + 32;
    }

    private long Median(int quarter)
    {
        var part = _samples.Skip(_samples.Count * quarter / 4).Take(Math.Max(1, _samples.Count / 4)).Order().ToList();
        return part[part.Count / 2] >> 20;
    }
}
