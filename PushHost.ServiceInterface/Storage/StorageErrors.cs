using Microsoft.Data.Sqlite;
using Npgsql;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Tells a database that cannot take work now from a mistake in the work.</summary>
internal static class StorageErrors
{
    // Result codes of SQLite (sqlite.org/rescode.html): BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
    private static readonly HashSet<int> Unavailable = [5, 6, 7, 8, 10, 11, 13, 14, 15, 26];

    // Classes of PostgreSQL's error codes (postgresql.org/docs/current/errcodes-appendix.html): connection, transaction rollback, insufficient
    // resources, object not in prerequisite state (locks), operator intervention, system error; and a server that only reads, in class 25.
    private static readonly string[] UnavailableClasses = ["08", "40", "53", "55", "57", "58"];

    /// <summary>A <see cref="StorageUnavailableException"/> for a database that cannot take work; anything else as it is.</summary>
    public static Exception Translate(Exception error) => error switch
    {
        SqliteException sqlite when Unavailable.Contains(sqlite.SqliteErrorCode) => CannotWrite(sqlite.Message, sqlite),
        PostgresException postgres when UnavailableClasses.Contains(postgres.SqlState[..2]) || postgres.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction =>
            CannotWrite(postgres.MessageText, postgres),
        PostgresException or NpgsqlOperationInProgressException => error,
        NpgsqlException npgsql => CannotWrite(npgsql.Message, npgsql),
        _ => error,
    };

    /// <summary>Whether a transaction lost to another one, and does well when it is run again: a deadlock, a wait for a lock that took too long,
    /// a row that another one inserted first.</summary>
    public static bool IsConflict(Exception error) => error is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.UniqueViolation,
    };

    private static StorageUnavailableException CannotWrite(string why, Exception error) => new($"the database cannot be used: {why}", error);
}
