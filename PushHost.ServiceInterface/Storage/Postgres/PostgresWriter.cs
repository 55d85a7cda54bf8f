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
    private const int MaxCallersTogether = 64;
    private const int MaxEngineTogether = 8;

    private readonly PostgresDatabase _database;
    private int _idle = Connections;

    public PostgresWriter(PostgresDatabase database, ILogger<DatabaseWriter> logger)
        : base(logger)
    {
        _database = database;
        for (var i = 0; i < Connections; i++)
        {
            var callersFirst = i < CallersFirst;
            Start(() => Run(callersFirst));
        }
    }

    public override bool TakesColumns => true;

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
                Tell(error);
                group.Fail(unavailable);
                FailWaiting(unavailable);
            }
            lock (Gate)
                _idle++;
        }
    }

    private bool Take(List<WriteWork> pieces, bool callersFirst)
    {
        pieces.Clear();
        lock (Gate)
        {
            if (!WaitForWork())
                return false;
            _idle--;
            var fromCallers = callersFirst ? Callers.Count > 0 : Engine.Count == 0;
            var queue = fromCallers ? Callers : Engine;
            // Connections that have nothing to do take their part: a commit of many is cheap, and several at once are faster.
            var share = (queue.Count + _idle) / (_idle + 1);
            for (var left = Math.Clamp(share, 1, fromCallers ? MaxCallersTogether : MaxEngineTogether); left > 0 && queue.TryDequeue(out var work); left--)
                pieces.Add(work);
            return true;
        }
    }
}
