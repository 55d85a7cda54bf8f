using System.Data;
using System.Diagnostics;
using Npgsql;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>A connection that writes, opened when it is needed and again when it was lost.</summary>
internal sealed class WriterConnection(PostgresDatabase database) : IDisposable
{
    // As long as a server takes to come back after a restart; so long it is not known whether the last commit was one.
    private static readonly TimeSpan ResolvePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ResolvePause = TimeSpan.FromMilliseconds(200);

    private NpgsqlConnection? _connection;
    private SqlSession? _session;
    private string? _transaction;

    public SqlSession Session => _session ?? throw new InvalidOperationException("no transaction was begun");

    /// <summary>Whether the server or the way to it was lost.</summary>
    public bool IsBroken => _connection is not { State: ConnectionState.Open };

    /// <summary>Begins a transaction.</summary>
    /// <param name="lockPatience">How long a statement may wait for a lock.</param>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public void Begin(TimeSpan lockPatience)
    {
        // A connection that died while it lay idle says so at its first use.
        for (var fresh = false; ; fresh = true)
        {
            if (IsBroken)
            {
                Drop();
                _connection = database.Connect();
                _session = new SqlSession(_connection, PostgresDialect.Writing);
                fresh = true;
            }
            try
            {
                using var command = new NpgsqlCommand(
                    $"BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = {(int)lockPatience.TotalMilliseconds}; SELECT pg_current_xact_id()::text",
                    _connection);
                _transaction = (string)command.ExecuteScalar()!;
                return;
            }
            catch (NpgsqlException) when (!fresh)
            {
                Drop();
            }
        }
    }

    /// <summary>Commits; where the way to the server is lost meanwhile, finds out what became of it.</summary>
    /// <returns>False when it was not committed.</returns>
    /// <exception cref="StorageUnavailableException">It could not be found out.</exception>
    public bool TryCommit()
    {
        try
        {
            using var command = new NpgsqlCommand("COMMIT", _connection);
            command.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException error) when (!IsBroken && error.SqlState is not ['5', '7', ..])
        {
            return false;
        }
        catch (NpgsqlException error)
        {
            Drop();
            return WasCommitted(error);
        }
    }

    public void RollBack()
    {
        if (IsBroken)
            return;
        try
        {
            using var command = new NpgsqlCommand("ROLLBACK", _connection);
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // The server undoes the transaction of a connection that it loses.
            Drop();
        }
    }

    /// <summary>Gives the connection up; the next transaction opens another one.</summary>
    public void Drop()
    {
        _session?.Dispose();
        _connection?.Dispose();
        _session = null;
        _connection = null;
    }

    public void Dispose() => Drop();

    private bool WasCommitted(NpgsqlException lost)
    {
        using var pause = new ManualResetEventSlim();
        var started = Stopwatch.GetTimestamp();
        do
        {
            try
            {
                using var connection = database.Connect();
                using var command = new NpgsqlCommand("SELECT pg_xact_status(@p0::text::xid8)", connection);
                command.Parameters.AddWithValue("p0", _transaction!);
                switch (command.ExecuteScalar())
                {
                    case "committed":
                        return true;
                    case "aborted":
                        return false;
                }
            }
            // A standby that took over before it had heard of the transaction: there it never was.
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                return false;
            }
            catch (NpgsqlException)
            {
                // Not back yet.
            }
            pause.Wait(ResolvePause);
        }
        while (Stopwatch.GetElapsedTime(started) < ResolvePatience);
        throw new StorageUnavailableException($"the database went away while it committed: {lost.Message}", lost) { MayBeStored = true };
    }
}
