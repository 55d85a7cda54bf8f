using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Http2;

internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Information, "Connected to {Host}; {Count} connections are open")]
    public static partial void Opened(this ILogger logger, string host, int count);

    [LoggerMessage(7102, LogLevel.Warning, "Cannot connect to {Host}: {Reason}. Not tried again before {NotBefore:O}")]
    public static partial void ConnectFailed(this ILogger logger, string host, string reason, DateTimeOffset notBefore);

    [LoggerMessage(7103, LogLevel.Information, "{Host} said goodbye: {Reason} (last stream {LastStreamId})")]
    public static partial void GoAway(this ILogger logger, string host, string reason, int lastStreamId);

    [LoggerMessage(7104, LogLevel.Information, "A connection to {Host} takes no more requests: {Reason}. {InFlight} are in flight on it")]
    public static partial void Closing(this ILogger logger, string host, string reason, int inFlight);

    [LoggerMessage(7105, LogLevel.Debug, "A connection to {Host} takes {Limit} requests at a time")]
    public static partial void StreamLimit(this ILogger logger, string host, int limit);
}
