using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Health;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Writes pieces of work in transactions. Pieces that wait at the same time are committed together, callers' before the engine's.</summary>
/// <remarks>A piece that throws is undone alone. A piece may run more than once before it is committed, so it must leave nothing behind but its result.</remarks>
internal abstract class DatabaseWriter(ILogger<DatabaseWriter> logger) : IAsyncDisposable
{
    private const int MaxWaiting = 20_000;

    private readonly List<Thread> _threads = [];
    private readonly RepeatedFailure _failing = new(TimeProvider.System);
    private bool _stopping;

    /// <summary>Told of each group that was committed: its pieces, and how long it took. Called on any of the threads that write.</summary>
    public Action<int, TimeSpan>? Committed { get; set; }

    /// <inheritdoc cref="SqlDialect.TakesColumns"/>
    public abstract bool TakesColumns { get; }

    /// <summary>How many pieces of work wait.</summary>
    public (int Callers, int Engine) Waiting
    {
        get
        {
            lock (Gate)
                return (Callers.Count, Engine.Count);
        }
    }

    /// <summary>Guards the queues.</summary>
    protected object Gate { get; } = new();

    /// <summary>What callers wait for.</summary>
    protected Queue<WriteWork> Callers { get; } = new();

    /// <summary>The engine's own work.</summary>
    protected Queue<WriteWork> Engine { get; } = new();

    /// <summary>Runs <paramref name="work"/> in a transaction and answers its result once that is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database is full, read-only or away, or too much waits; nothing was stored.</exception>
    public Task<T> WriteAsync<T>(WriteLane lane, Func<SqlSession, T> work)
    {
        var item = new WriteWork<T>(work);
        lock (Gate)
        {
            if (_stopping)
                return Task.FromException<T>(new StorageUnavailableException("PushHost is stopping"));
            if (lane == WriteLane.Caller && Callers.Count >= MaxWaiting)
                return Task.FromException<T>(new StorageUnavailableException("too many writes wait for the database"));
            (lane == WriteLane.Caller ? Callers : Engine).Enqueue(item);
            Monitor.Pulse(Gate);
        }
        return item.Task;
    }

    /// <summary>Finishes what waits, then closes.</summary>
    public virtual ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            _stopping = true;
            Monitor.PulseAll(Gate);
        }
        foreach (var thread in _threads)
            thread.Join();
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts a thread that writes; it ends when <see cref="WaitForWork"/> says so.</summary>
    protected void Start(Action write)
    {
        var thread = new Thread(() => write()) { IsBackground = true, Name = "PushHost database writer" };
        _threads.Add(thread);
        thread.Start();
    }

    /// <summary>Waits until work stands in a queue. To be called with the gate held, which is given up meanwhile.</summary>
    /// <returns>Whether there is work; false when there will be no more.</returns>
    protected bool WaitForWork()
    {
        while (Callers.Count == 0 && Engine.Count == 0)
        {
            if (_stopping)
                return false;
            Monitor.Wait(Gate);
        }
        return true;
    }

    /// <summary>Writes into the log that a group could not be written.</summary>
    protected void Tell(Exception failure)
    {
        if (_failing.IsNews(failure.Message))
            logger.WriteFailed(failure.Message);
    }

    /// <summary>The database is away: nobody's work was taken, and those who wait must hear it.</summary>
    protected void FailWaiting(Exception error)
    {
        lock (Gate)
        {
            while (Callers.TryDequeue(out var work) || Engine.TryDequeue(out work))
                work.Fail(error);
        }
    }
}
