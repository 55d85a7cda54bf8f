using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>Writes on several connections at once. Each takes some of what waits and commits it together, so that one round trip and one fsync serve many.</summary>
/// <remarks>Callers' and the engine's pieces are never in one transaction: a caller would wait for the engine's long ones. Most connections see to
/// callers first, the others to the engine first, so neither waits for all of the other's.</remarks>
internal sealed class PostgresWriter : DatabaseWriter
{
    /// <summary>Connections that a host writes with.</summary>
    public const int Connections = CallersFirst + EngineFirst;

    private const int CallersFirst = 4;
    private const int EngineFirst = 2;
    private const int MaxWaiting = 20_000;
    private const int MaxCallersTogether = 64;
    private const int MaxEngineTogether = 8;

    private readonly Queue<WriteWork> _callers = new();
    private readonly Queue<WriteWork> _engine = new();
    private readonly object _gate = new();
    private readonly PostgresDatabase _database;
    private readonly ILogger<DatabaseWriter> _logger;
    private readonly List<Thread> _threads = [];
    private int _idle = Connections;
    private bool _stopping;

    public PostgresWriter(PostgresDatabase database, ILogger<DatabaseWriter> logger)
    {
        _database = database;
        _logger = logger;
        for (var i = 0; i < Connections; i++)
        {
            var callersFirst = i < CallersFirst;
            var thread = new Thread(() => Run(callersFirst)) { IsBackground = true, Name = "PushHost database writer" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    public override bool TakesColumns => true;

    public override (int Callers, int Engine) Waiting
    {
        get
        {
            lock (_gate)
                return (_callers.Count, _engine.Count);
        }
    }

    public override Task<T> WriteAsync<T>(WriteLane lane, Func<SqlSession, T> work)
    {
        var item = new WriteWork<T>(work);
        lock (_gate)
        {
            if (_stopping)
                return Task.FromException<T>(new StorageUnavailableException("PushHost is stopping"));
            if (lane == WriteLane.Caller && _callers.Count >= MaxWaiting)
                return Task.FromException<T>(new StorageUnavailableException("too many writes wait for the database"));
            (lane == WriteLane.Caller ? _callers : _engine).Enqueue(item);
            Monitor.Pulse(_gate);
        }
        return item.Task;
    }

    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
        foreach (var thread in _threads)
            thread.Join();
        return ValueTask.CompletedTask;
    }

    private void Run(bool callersFirst)
    {
        using var connection = new WriterConnection(_database);
        var group = new WriteGroup(connection);
        while (Take(group.Pieces, callersFirst))
        {
            try
            {
                var started = Stopwatch.GetTimestamp();
                group.Write();
                Committed?.Invoke(group.Pieces.Count, Stopwatch.GetElapsedTime(started));
            }
            catch (Exception error)
            {
                connection.Drop();
                var unavailable = StorageErrors.Translate(error);
                _logger.WriteFailed(unavailable.Message);
                group.Fail(unavailable);
                FailWaiting(unavailable);
            }
            lock (_gate)
                _idle++;
        }
    }

    private bool Take(List<WriteWork> pieces, bool callersFirst)
    {
        pieces.Clear();
        lock (_gate)
        {
            while (_callers.Count == 0 && _engine.Count == 0)
            {
                if (_stopping)
                    return false;
                Monitor.Wait(_gate);
            }
            _idle--;
            var fromCallers = callersFirst ? _callers.Count > 0 : _engine.Count == 0;
            var queue = fromCallers ? _callers : _engine;
            // Connections that have nothing to do take their part: a commit of many is cheap, and several at once are faster.
            var share = (queue.Count + _idle) / (_idle + 1);
            for (var left = Math.Clamp(share, 1, fromCallers ? MaxCallersTogether : MaxEngineTogether); left > 0 && queue.TryDequeue(out var work); left--)
                pieces.Add(work);
            return true;
        }
    }

    // The database is away: nobody's work was taken, and those who wait must hear it.
    private void FailWaiting(Exception error)
    {
        lock (_gate)
        {
            while (_callers.TryDequeue(out var work) || _engine.TryDequeue(out work))
                work.Fail(error);
        }
    }
}
