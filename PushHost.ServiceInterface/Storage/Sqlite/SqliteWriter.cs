using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Storage.Sqlite;

/// <summary>The one writer. Work that waits at the same time is committed together, callers' before the engine's, so that one fsync serves many.</summary>
/// <remarks>Waiting for a larger group makes everything slower; the group is whatever stands in the queues when the last commit returns.
/// A piece of work that throws is undone alone, by its savepoint. A failed commit fails the whole group, and nothing of it was stored.</remarks>
internal sealed class SqliteWriter : DatabaseWriter
{
    private const int ReadOnly = 8;
    private const int MaxGroup = 512;
    private const int MaxWaiting = 20_000;
    private static readonly TimeSpan MaxGroupWork = TimeSpan.FromMilliseconds(10);

    private readonly Queue<WriteWork> _callers = new();
    private readonly Queue<WriteWork> _engine = new();
    private readonly object _gate = new();
    private readonly List<WriteWork> _group = new(MaxGroup);
    private readonly ILogger<DatabaseWriter> _logger;
    private readonly SqliteDatabase _database;
    private readonly Thread _thread;
    private SqlSession? _session;
    private bool _stopping;

    public SqliteWriter(SqliteDatabase database, ILogger<DatabaseWriter> logger)
    {
        _logger = logger;
        _database = database;
        _thread = new Thread(Run) { IsBackground = true, Name = "PushHost database writer" };
        _thread.Start();
    }

    public override bool TakesColumns => false;

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
            Monitor.Pulse(_gate);
        }
        _thread.Join();
        _session?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        while (Wait())
        {
            _group.Clear();
            try
            {
                WriteGroup(_session ??= _database.OpenWriterSession());
            }
            catch (Exception error)
            {
                var unavailable = StorageErrors.Translate(error);
                _logger.WriteFailed(error.Message);
                // SQLite opens a file that cannot be written for reading alone, and that connection stays so when the file can be written again.
                if (error is SqliteException { SqliteErrorCode: ReadOnly })
                {
                    _session?.Dispose();
                    _session = null;
                }
                foreach (var work in _group)
                    work.Fail(unavailable);
                if (_group.Count == 0)
                    FailWaiting(unavailable);
            }
        }
    }

    private bool Wait()
    {
        lock (_gate)
        {
            while (_callers.Count == 0 && _engine.Count == 0)
            {
                if (_stopping)
                    return false;
                Monitor.Wait(_gate);
            }
            return true;
        }
    }

    private void WriteGroup(SqlSession session)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            var started = Stopwatch.GetTimestamp();
            // The engine's turn comes once in every group, however many callers wait.
            var engineHadTurn = false;
            while (Next(_group.Count < MaxGroup && Stopwatch.GetElapsedTime(started) < MaxGroupWork, ref engineHadTurn) is { } work)
            {
                _group.Add(work);
                session.Execute("SAVEPOINT piece");
                if (work.TryRun(session) is { } error)
                    UndoPiece(session, error);
                session.Execute("RELEASE piece");
            }
            session.Execute("COMMIT");
            Committed?.Invoke(_group.Count, Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            RollBack(session);
            throw;
        }
        foreach (var work in _group)
            work.Complete();
    }

    private WriteWork? Next(bool roomLeft, ref bool engineHadTurn)
    {
        lock (_gate)
        {
            if (roomLeft && _callers.TryDequeue(out var work))
                return work;
            if ((roomLeft || !engineHadTurn) && _engine.TryDequeue(out work))
            {
                engineHadTurn = true;
                return work;
            }
            return null;
        }
    }

    private static void UndoPiece(SqlSession session, Exception cause)
    {
        try
        {
            session.Execute("ROLLBACK TO piece");
        }
        catch (SqliteException)
        {
            // A full disk or an I/O error has ended the whole transaction, and with it the savepoint.
            throw StorageErrors.Translate(cause);
        }
    }

    private static void RollBack(SqlSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The database has rolled back by itself; there is no transaction left to end.
        }
    }

    // The connection could not be opened or the transaction not begun: nobody's work was taken yet, and those who wait must hear it.
    private void FailWaiting(Exception error)
    {
        lock (_gate)
        {
            while (_callers.TryDequeue(out var work) || _engine.TryDequeue(out work))
                work.Fail(error);
        }
    }
}
