using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Devices;

internal static partial class Log
{
    // A registration token leads to a person's phone: log our ids, never tokens or payloads.
    [LoggerMessage(1002, LogLevel.Information, "Device {DeviceId} moved to another user")]
    public static partial void DeviceMoved(this ILogger logger, long deviceId);

    [LoggerMessage(1003, LogLevel.Error, "The database refused the device on line {Line} of an import")]
    public static partial void ImportedLineRefused(this ILogger logger, long line, Exception exception);
}
