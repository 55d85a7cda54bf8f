using Microsoft.Extensions.Logging;

namespace PushHost.ServiceInterface.Providers.Plugins;

internal static partial class Log // event ids 7000 to 7099
{
    [LoggerMessage(7001, LogLevel.Information, "Provider {Name} {Version} loaded from {Folder}")]
    public static partial void PluginLoaded(this ILogger logger, string name, string? version, string folder);

    [LoggerMessage(7002, LogLevel.Error, "Provider {Name} in {Folder} cannot be used: {Error}")]
    public static partial void PluginFailed(this ILogger logger, string name, string folder, string error);

    [LoggerMessage(7003, LogLevel.Warning, "No providers: there is no plugin folder {Folder}")]
    public static partial void NoPluginFolder(this ILogger logger, string folder);

    [LoggerMessage(7004, LogLevel.Error, "No providers: the plugin folder {Folder} cannot be read: {Error}")]
    public static partial void PluginFolderUnreadable(this ILogger logger, string folder, string error);
}
