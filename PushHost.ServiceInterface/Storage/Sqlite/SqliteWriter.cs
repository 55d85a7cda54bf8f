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
    private static readonly TimeSpan MaxGroupWork = TimeSpan.FromMilliseconds(10);

    private readonly List<WriteWork> _group = new(MaxGroup);
    private readonly SqliteDatabase _database;
    private SqlSession? _session;

    public SqliteWriter(SqliteDatabase database, ILogger<DatabaseWriter> logger)
        : base(logger)
    {
        _database = database;
        Start(Run);
    }

    public override bool TakesColumns => false;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _session?.Dispose();
    }

    private void Run()
    {
        while (HasWork())
        {
            _group.Clear();
            try
            {
                WriteGroup(_session ??= _database.OpenWriterSession());
            }
            catch (Exception error)
            {
                var unavailable = StorageErrors.Translate(error);
                Tell(error);
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

    private bool HasWork()
    {
        lock (Gate)
            return WaitForWork();
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
        lock (Gate)
        {
            if (roomLeft && Callers.TryDequeue(out var work))
                return work;
            if ((roomLeft || !engineHadTurn) && Engine.TryDequeue(out work))
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
}
