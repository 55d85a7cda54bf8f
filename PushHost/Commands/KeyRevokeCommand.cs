using System.CommandLine;
using System.Globalization;
using PushHost.ServiceInterface.Host;

namespace PushHost.Commands;

/// <summary><c>keys revoke</c>: has every host refuse a key, for good.</summary>
internal static class KeyRevokeCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The key's id, as keys list tells it." };
        var command = new Command("revoke", "Has every server refuse a key, within ten seconds and for good. Takes settings as serve does.") { id };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, _) =>
        {
            Console.WriteLine(await RevokeAsync(parsed.GetRequiredValue(id), parsed.UnmatchedTokens));
            return 0;
        });
        return command;
    }

    private static async Task<string> RevokeAsync(string text, IReadOnlyList<string> args)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new ArgumentsException($"'{text}' is no id of a key; keys list tells the ids.");
        var builder = HostBuilders.Create(args);
        using var database = OfflineDatabase.Open(builder.Configuration, builder.Environment.ContentRootPath, TimeProvider.System);
        var key = await database.RevokeKeyAsync(id) ?? throw new CommandException($"there is no key {id} in {database.Name}; keys list tells the ids.");
        return key.RevokedAt is null
            ? $"Key {id} ({key.Prefix}…, {key.Name}) is revoked: every server refuses it within ten seconds."
            : $"Key {id} ({key.Prefix}…, {key.Name}) was revoked already.";
    }
}
