using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Devices;

internal static partial class Log
{
    // A registration token leads to a person's phone: log our ids, never tokens or payloads.
    [LoggerMessage(1002, LogLevel.Information, "Device {DeviceId} moved to another user")]
    public static partial void DeviceMoved(this ILogger logger, long deviceId);
}
