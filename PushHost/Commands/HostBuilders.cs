using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace PushHost.Commands;

/// <summary>Makes the builder of the server, whose settings the commands on the database share.</summary>
internal static class HostBuilders
{
    /// <summary>Reads the settings, each layer over the ones before: <c>appsettings.json</c> beside the binary, the same in the working directory,
    /// environment variables, arguments.</summary>
    /// <exception cref="ArgumentsException">An argument is no setting.</exception>
    /// <exception cref="CommandException">A settings file cannot be read.</exception>
    public static WebApplicationBuilder Create(IReadOnlyList<string> args)
    {
        var checkedArgs = SettingArguments.Check(args);
        try
        {
            var builder = WebApplication.CreateBuilder(checkedArgs);
            AddFilesBesideBinary(builder.Configuration, builder.Environment);
            return builder;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The framework names the file, and the innermost error the line.
            throw new CommandException(error == error.GetBaseException() ? error.Message : $"{error.Message} {error.GetBaseException().Message}", error);
        }
    }

    private static void AddFilesBesideBinary(ConfigurationManager configuration, IHostEnvironment environment)
    {
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        if (folder == Path.TrimEndingDirectorySeparator(environment.ContentRootPath))
            return;
        var files = new PhysicalFileProvider(folder);
        var own = configuration.Sources.OfType<JsonConfigurationSource>().FirstOrDefault();
        var place = own is null ? 0 : configuration.Sources.IndexOf(own);
        foreach (var name in (string[])["appsettings.json", $"appsettings.{environment.EnvironmentName}.json"])
            configuration.Sources.Insert(place++, new JsonConfigurationSource { Path = name, FileProvider = files, Optional = true });
    }
}
