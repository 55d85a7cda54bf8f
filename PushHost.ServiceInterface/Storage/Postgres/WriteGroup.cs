using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>Pieces of work that are committed together where that goes well, and one by one where it doesn't, so that a piece that fails fails alone.</summary>
/// <remarks>Savepoints would cost two round trips a piece, and nearly always for nothing.</remarks>
internal sealed class WriteGroup(WriterConnection connection)
{
    // Locks that other groups hold are theirs for a commit or two. Whoever waits longer may be waiting in a circle.
    private static readonly TimeSpan LockPatienceTogether = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LockPatienceAlone = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxWorkTogether = TimeSpan.FromMilliseconds(10);
    private const int MaxTries = 10;

    private int _answered;

    /// <summary>The pieces; whoever writes them fills it before.</summary>
    public List<WriteWork> Pieces { get; } = [];

    /// <summary>Writes all pieces and answers them.</summary>
    /// <exception cref="NpgsqlException">The database cannot take them; those that were not answered are to be failed.</exception>
    public void Write()
    {
        _answered = 0;
        while (_answered < Pieces.Count)
        {
            var together = Pieces.Count - _answered > 1 ? Together() : 0;
            if (together == 0)
                Alone(Pieces[_answered++]);
        }
    }

    /// <summary>Answers the pieces that were not answered yet.</summary>
    public void Fail(Exception error)
    {
        for (; _answered < Pieces.Count; _answered++)
            Pieces[_answered].Fail(error);
    }

    // Answers how many pieces were committed; 0 when one of them stands in the others' way, and nothing was stored.
    private int Together()
    {
        var count = 0;
        try
        {
            connection.Begin(LockPatienceTogether);
            var started = Stopwatch.GetTimestamp();
            while (_answered + count < Pieces.Count && (count == 0 || Stopwatch.GetElapsedTime(started) < MaxWorkTogether))
            {
                connection.Session.Changed = false;
                var error = Pieces[_answered + count].TryRun(connection.Session);
                // A piece that was refused before it changed anything needs no undoing.
                if (error is not null && (connection.Session.Changed || error is DbException))
                {
                    connection.RollBack();
                    return 0;
                }
                count++;
            }
            if (!connection.TryCommit())
                return 0;
        }
        catch (Exception error) when (StorageErrors.IsConflict(error))
        {
            connection.RollBack();
            return 0;
        }
        for (var i = 0; i < count; i++)
            Pieces[_answered++].Complete();
        return count;
    }

    private void Alone(WriteWork piece)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                connection.Begin(LockPatienceAlone);
                var error = piece.TryRun(connection.Session);
                if (error is null && connection.TryCommit())
                    break;
                connection.RollBack();
                // Lost to another transaction, or cut off: the next try finds what the other left, on a new connection where need be.
                var again = error is null || StorageErrors.IsConflict(error) || (tries == 1 && connection.IsBroken);
                if (tries < MaxTries && again)
                    continue;
                if (error is not null)
                    break;
                piece.Fail(new StorageUnavailableException("the database could not commit this"));
                return;
            }
            catch (Exception error)
            {
                if (tries < MaxTries && StorageErrors.IsConflict(error))
                    continue;
                piece.Fail(StorageErrors.Translate(error));
                throw;
            }
        }
        piece.Complete();
    }
}
