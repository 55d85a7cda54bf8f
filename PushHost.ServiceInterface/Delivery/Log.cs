using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Delivery;

internal static partial class Log
{
    [LoggerMessage(3009, LogLevel.Warning, "The lane {Lane} of the gateway {Gateway} rests until {Until:O}: {Reason}")]
    public static partial void LaneRests(this ILogger logger, string gateway, DeliveryLane lane, DateTimeOffset until, string reason);

    // Where it failed, without the exception's own message, which may hold a token.
    [LoggerMessage(3002, LogLevel.Error, "The provider {Provider} failed with {Error} in batch {Batch}; its recipients without a verdict are tried again\n{StackTrace}")]
    public static partial void ProviderFailed(this ILogger logger, string provider, long batch, string error, string? stackTrace);

    [LoggerMessage(3011, LogLevel.Error, "The provider {Provider} never asked to begin with some recipients of batch {Batch}, which are tried again: that is a fault in the plugin")]
    public static partial void ProviderLeftOut(this ILogger logger, string provider, long batch);

    [LoggerMessage(3003, LogLevel.Warning, "The lease of batch {Batch} under epoch {Epoch} was lost; its verdicts were not recorded")]
    public static partial void LeaseLost(this ILogger logger, long batch, long epoch);

    [LoggerMessage(3007, LogLevel.Error, "{Count} verdicts of batch {Batch} could not be recorded yet: {Reason}")]
    public static partial void NotRecorded(this ILogger logger, long batch, int count, string reason);

    [LoggerMessage(3008, LogLevel.Error, "Batch {Batch} was left with an error; it is claimed again when its lease lapses")]
    public static partial void BatchFailed(this ILogger logger, long batch, Exception error);

    [LoggerMessage(3020, LogLevel.Warning, "Notification {Notification} would switch off an abnormal share of its audience: {Count} verdicts over devices are held for an operator")]
    public static partial void VerdictsHeld(this ILogger logger, long notification, int count);

    [LoggerMessage(3004, LogLevel.Error, "Delivery had to stop and goes on in {Seconds} s: {Reason}")]
    public static partial void EngineStumbled(this ILogger logger, int seconds, string reason);

    [LoggerMessage(3005, LogLevel.Information, "Took up {Batches} batches that another process left")]
    public static partial void TookUp(this ILogger logger, int batches);

    [LoggerMessage(3010, LogLevel.Error, "The schedule had to stop and goes on in 5 s: {Reason}")]
    public static partial void ScheduleStumbled(this ILogger logger, string reason);

    [LoggerMessage(3021, LogLevel.Warning, "This host could not tell the others that it lives: {Reason}")]
    public static partial void HostNotSeen(this ILogger logger, string reason);

    // Without the exception's own message, which may hold a token.
    [LoggerMessage(3012, LogLevel.Error, "Notification {Notification} cannot be planned, and is tried again every minute while its time lasts: {Error}\n{StackTrace}")]
    public static partial void NotPlanned(this ILogger logger, long notification, string error, string? stackTrace);

    [LoggerMessage(3006, LogLevel.Information, "Notification {Notification} is planned: {Total} recipients")]
    public static partial void Planned(this ILogger logger, long notification, long total);
}
