namespace PushHost.ServiceInterface.Storage;

/// <summary>Writes pieces of work in transactions. Pieces that wait at the same time are committed together, callers' before the engine's.</summary>
/// <remarks>A piece that throws is undone alone. A piece may run more than once before it is committed, so it must leave nothing behind but its result.</remarks>
internal abstract class DatabaseWriter : IAsyncDisposable
{
    /// <summary>Told of each group that was committed: its pieces, and how long it took. Called on any of the threads that write.</summary>
    public Action<int, TimeSpan>? Committed { get; set; }

    /// <inheritdoc cref="SqlDialect.TakesColumns"/>
    public abstract bool TakesColumns { get; }

    /// <summary>How many pieces of work wait.</summary>
    public abstract (int Callers, int Engine) Waiting { get; }

    /// <summary>Runs <paramref name="work"/> in a transaction and answers its result once that is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database is full, read-only or away, or too much waits; nothing was stored.</exception>
    public abstract Task<T> WriteAsync<T>(WriteLane lane, Func<SqlSession, T> work);

    /// <summary>Finishes what waits, then closes.</summary>
    public abstract ValueTask DisposeAsync();
}
