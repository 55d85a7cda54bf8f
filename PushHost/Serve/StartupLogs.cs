namespace PushHost.Serve;

/// <summary>Keeps the framework from logging a failed start with its stack trace: the command says it in one line.</summary>
internal sealed class StartupLogs
{
    private volatile bool _started;

    public StartupLogs(ILoggingBuilder logging)
    {
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
            logging.AddFilter(category, level => level >= LogLevel.Information && (_started || level < LogLevel.Error));
    }

    /// <summary>From now on everything is logged.</summary>
    public void Started() => _started = true;
}
