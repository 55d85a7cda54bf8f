using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Health;

internal static partial class Log
{
    [LoggerMessage(8101, LogLevel.Warning, "Alarm {Alarm} for {Subject}: {Reason}")]
    public static partial void Raised(this ILogger logger, string alarm, string subject, string reason);

    // A warning as well, so that whoever heard of the alarm hears of its end.
    [LoggerMessage(8102, LogLevel.Warning, "Alarm {Alarm} for {Subject} is over after {Seconds:0} s")]
    public static partial void Cleared(this ILogger logger, string alarm, string subject, double seconds);
}
