using System.CommandLine;
using PushHost.ServiceInterface.Host;

namespace PushHost.Commands;

/// <summary><c>migrate</c>: brings the database to this version. <c>serve</c> does so too when it starts.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database to this version, and says what it did. Takes settings as serve does.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed => Run(parsed.UnmatchedTokens));
        return command;
    }

    private static int Run(IReadOnlyList<string> args)
    {
        var builder = HostBuilders.Create(args);
        using var database = OfflineDatabase.Open(builder.Configuration, builder.Environment.ContentRootPath, TimeProvider.System);
        var (before, after) = database.Migrate();
        Console.WriteLine(before switch
        {
            0 => $"{database.Name} is new, and at version {after}.",
            _ when before == after => $"{database.Name} is at version {after} already.",
            _ => $"{database.Name} went from version {before} to {after}.",
        });
        return 0;
    }
}
