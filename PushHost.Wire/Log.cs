using Microsoft.Extensions.Logging;

namespace PushHost.Wire;

// Paths, queries and bodies may carry tokens: operations are logged by name.
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Error, "{Operation} failed, trace {TraceId}")]
    public static partial void OperationFailed(this ILogger logger, string operation, string traceId, Exception exception);

    [LoggerMessage(6001, LogLevel.Error, "{Operation} failed after its answer had begun, so the connection was cut, trace {TraceId}")]
    public static partial void AnswerBroken(this ILogger logger, string operation, string traceId, Exception exception);
}
