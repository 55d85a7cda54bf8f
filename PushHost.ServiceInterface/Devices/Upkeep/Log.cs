using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Devices.Upkeep;

internal static partial class Log
{
    [LoggerMessage(1010, LogLevel.Information, "Restoring devices goes on behind {DeviceId}: {Restored} so far")]
    public static partial void RestoreGoesOn(this ILogger logger, long deviceId, long restored);

    [LoggerMessage(1011, LogLevel.Information, "{Restored} devices were restored")]
    public static partial void Restored(this ILogger logger, long restored);

    [LoggerMessage(1012, LogLevel.Information, "Pruning goes on behind {DeviceId}: {Examined} examined, {Deactivated} switched off, {Deleted} deleted so far")]
    public static partial void PruneGoesOn(this ILogger logger, long deviceId, long examined, long deactivated, long deleted);

    [LoggerMessage(1013, LogLevel.Information, "Devices were pruned (dry run: {Dry}): {Examined} examined, {Deactivated} switched off, {Deleted} deleted")]
    public static partial void Pruned(this ILogger logger, bool dry, long examined, long deactivated, long deleted);

    [LoggerMessage(1014, LogLevel.Error, "The provider {Provider} failed with {Error} while it was asked about tokens; they are asked about again")]
    public static partial void ProbeFailed(this ILogger logger, string provider, string error);
}
