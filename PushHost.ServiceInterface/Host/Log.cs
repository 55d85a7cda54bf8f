using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Host;

internal static partial class Log
{
    [LoggerMessage(8001, LogLevel.Warning, "There is no credential for {Provider}: sends to it are refused until {Setting} is set")]
    public static partial void NoCredential(this ILogger logger, string provider, string setting);

    [LoggerMessage(8002, LogLevel.Information, "The database is {Database}, at version {Version}")]
    public static partial void DatabaseReady(this ILogger logger, string database, long version);

    [LoggerMessage(8003, LogLevel.Information, "Made a new database, {Database}, at version {Version}")]
    public static partial void DatabaseMade(this ILogger logger, string database, long version);

    [LoggerMessage(8004, LogLevel.Information, "Brought the database {Database} from version {Before} to {Version}")]
    public static partial void DatabaseMigrated(this ILogger logger, string database, long before, long version);
}
