using Microsoft.Data.Sqlite;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Tells a database that cannot take work now from a mistake in the work.</summary>
internal static class StorageErrors
{
    // Result codes of SQLite (sqlite.org/rescode.html): BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
    private static readonly HashSet<int> Unavailable = [5, 6, 7, 8, 10, 11, 13, 14, 15, 26];

    /// <summary>A <see cref="StorageUnavailableException"/> for a database that cannot take work; anything else as it is.</summary>
    public static Exception Translate(Exception error) =>
        error is SqliteException sqlite && Unavailable.Contains(sqlite.SqliteErrorCode)
            ? new StorageUnavailableException($"the database cannot be written: {sqlite.Message}", sqlite)
            : error;
}
