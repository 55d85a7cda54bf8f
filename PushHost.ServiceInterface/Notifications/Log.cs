using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Notifications;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "Old idempotency keys are kept for now: {Reason}")]
    public static partial void KeysKept(this ILogger logger, string reason);
}
