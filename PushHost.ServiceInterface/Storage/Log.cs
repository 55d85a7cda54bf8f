using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Storage;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "The database cannot be written: {Reason}")]
    public static partial void WriteFailed(this ILogger logger, string reason);
}
