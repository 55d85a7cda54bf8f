using System.CommandLine;
using System.CommandLine.Invocation;
using PushHost.ServiceInterface.Host.Settings;
using PushHost.ServiceInterface.Storage;

namespace PushHost.Commands;

/// <summary>Runs the command that the arguments name. What a user can put right is one line on standard error, never a stack trace.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int BadArguments = 2;

    /// <returns>The exit code: 0, 1 when the command could not do its work, 2 for arguments that cannot be read, 130 when it was interrupted.</returns>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // An argument that begins with @ is not a file of arguments here: connection strings and passwords may begin so.
        var parsed = root.Parse(WithCommand(args), new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Action is ParseErrorAction)
            return await FailAsync(Fault(root, args, parsed), BadArguments);
        try
        {
            // The commands see to interrupts and errors themselves: the library would cut a stopping host off after two seconds.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (ArgumentsException error)
        {
            return await FailAsync(error.Message, BadArguments);
        }
        catch (Exception error) when (error is CommandException or SettingsException or StorageStartException or StorageUnavailableException)
        {
            return await FailAsync(error.Message, Failed);
        }
    }

    private static string Fault(RootCommand root, string[] args, ParseResult parsed) =>
        args is [var word, ..] && !word.StartsWith('-') && parsed.CommandResult.Command == root
            ? $"There is no command '{word}'; there are {string.Join(", ", root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name))}."
            : string.Join(" ", parsed.Errors.Reverse().Select(error => error.Message)) + " --help shows what there is.";

    private static string[] WithCommand(string[] args) => args switch
    {
        [] => ["serve"],
        ["--help" or "-h" or "-?" or "--version", ..] => args,
        [['-', ..], ..] => ["serve", .. args],
        _ => args,
    };

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync("pushhost: " + message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
