using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Host;

internal static partial class Log
{
    [LoggerMessage(8001, LogLevel.Warning, "There is no credential for {Provider}: sends to it are refused until {Setting} is set")]
    public static partial void NoCredential(this ILogger logger, string provider, string setting);
}
