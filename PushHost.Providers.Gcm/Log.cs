using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Gcm;

internal static partial class Log // event ids 5000 to 5999
{
    [LoggerMessage(5001, LogLevel.Debug, "Google issued an access token for {Seconds} s")]
    public static partial void TokenIssued(this ILogger logger, double seconds);

    [LoggerMessage(5002, LogLevel.Warning, "No access token: {Reason}; asking again not before {NotBefore:O}")]
    public static partial void TokenRefused(this ILogger logger, string reason, DateTimeOffset notBefore);
}
