namespace PushHost.Wire;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of an entry.</typeparam>
public class QueryResponse<T>
{
    /// <summary>How many entries were skipped before the first of <see cref="Results"/>.</summary>
    public int Offset { get; set; }

    /// <summary>How many entries match in all; only given when asked for with <c>include=total</c>.</summary>
    public long? Total { get; set; }

    /// <summary>The entries; empty, never null.</summary>
    public List<T> Results { get; set; } = [];
}

/// <summary>What every request for a list can say.</summary>
public abstract class QueryBase
{
    /// <summary>How many entries to pass over. Null is none.</summary>
    [Limits(Min = 0)]
    public int? Skip { get; set; }

    /// <summary>How many entries to answer: 1 to 1,000; null is 100.</summary>
    [Limits(Min = 1, Max = 1000)]
    public int? Take { get; set; }

    /// <summary>Keyset paging for long lists: only entries that follow the one with this id.</summary>
    public long? After { get; set; }

    /// <summary>The field to order by, of those that the list names; a minus turns it round, such as <c>-createdAt</c>.</summary>
    public string? OrderBy { get; set; }

    /// <summary>As <see cref="OrderBy"/>, the largest first; one of the two is enough.</summary>
    public string? OrderByDesc { get; set; }

    /// <summary><c>total</c> asks for the number of entries in all.</summary>
    public string? Include { get; set; }
}
