using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Devices;

internal static partial class Log
{
    // A registration token leads to a person's phone: log our ids, never tokens or payloads.
    [LoggerMessage(1002, LogLevel.Information, "Device {DeviceId} moved to another user")]
    public static partial void DeviceMoved(this ILogger logger, long deviceId);

    [LoggerMessage(1003, LogLevel.Error, "The database refused the device on line {Line} of an import")]
    public static partial void ImportedLineRefused(this ILogger logger, long line, Exception exception);

    [LoggerMessage(1004, LogLevel.Warning, "Statistics of the table {Table} could not be renewed after an import; until the database does so itself, sends may be slow: {Reason}")]
    public static partial void StatisticsNotRenewed(this ILogger logger, string table, string reason);
}
