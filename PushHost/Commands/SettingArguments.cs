namespace PushHost.Commands;

/// <summary>The arguments that are settings: <c>--urls http://localhost:5000</c>, <c>--PushHost:Plugins:Folder=plugins</c>.</summary>
internal static class SettingArguments
{
    // The settings of ASP.NET Core's host that stand in no section (Microsoft, "ASP.NET Core Web Host", "Host configuration values").
    private static readonly string[] Unsectioned =
    [
        "urls", "http_ports", "https_ports", "environment", "contentRoot", "webroot", "applicationName", "allowedHosts", "detailedErrors", "shutdownTimeoutSeconds",
    ];

    /// <summary>The arguments, checked: ASP.NET Core itself passes over what it cannot read, and a misspelt setting would be lost in silence.</summary>
    /// <exception cref="ArgumentsException">One is no setting.</exception>
    public static string[] Check(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var argument = args[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentsException($"'{argument}' is not understood; settings are written --Name=value, such as --urls=http://localhost:5000.");
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument[2..] : argument[2..equals];
            if (!name.Contains(':', StringComparison.Ordinal) && !Unsectioned.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentsException($"--{name} is not a setting; PushHost's own begin with --PushHost:, and ASP.NET Core's are {string.Join(", ", Unsectioned)}.");
            if (equals >= 0)
                continue;
            if (++i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentsException($"--{name} needs a value.");
        }
        return [.. args];
    }
}
