using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Notifications;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "What is over is deleted later: {Reason}")]
    public static partial void RetentionPutOff(this ILogger logger, string reason);

    [LoggerMessage(2002, LogLevel.Information, "Notification {Notification} was cancelled")]
    public static partial void Cancelled(this ILogger logger, long notification);

    [LoggerMessage(2004, LogLevel.Warning, "Watched notifications could not be read and are read again: {Reason}")]
    public static partial void WatchStumbled(this ILogger logger, string reason);

    [LoggerMessage(2003, LogLevel.Error, "Cancelling goes on later: {Reason}")]
    public static partial void SweepPutOff(this ILogger logger, string reason);
}
