using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using PushHost.ServiceInterface.Host;

namespace PushHost.Commands;

/// <summary><c>keys</c>: makes, lists and revokes API keys, in the database itself.</summary>
internal static class KeysCommand
{
    private const int MaxName = 255;
    private static readonly char[] Separators = [',', ' '];

    /// <summary>How these commands write JSON.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static Command Create() => new("keys", "The API keys of callers.") { CreateCreate(), KeyListCommand.Create(), KeyRevokeCommand.Create() };

    private static Command CreateCreate()
    {
        var name = new Option<string>("--name") { Description = "What the key is for, such as the caller's name.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = $"What it may do: some of {string.Join(", ", OfflineDatabase.Scopes)}, separated by commas.", Required = true };
        var app = new Option<string?>("--app") { Description = "The app it is bound to. Without it the key is for all apps." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("create", "Makes a key and prints it once, whether or not the server runs. Takes settings as serve does.")
        {
            name, scopes, app, json,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, _) =>
        {
            var wanted = new KeyWanted(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes).Split(Separators, StringSplitOptions.RemoveEmptyEntries), parsed.GetValue(app));
            var key = await MakeAsync(wanted, parsed.UnmatchedTokens);
            Print(wanted, key, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<string> MakeAsync(KeyWanted wanted, IReadOnlyList<string> args)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name))
            throw new ArgumentsException("--name is empty, and must say what the key is for.");
        if (wanted.Name.Length > MaxName || wanted.Name.Any(char.IsControl))
            throw new ArgumentsException($"--name must be 1 to {MaxName} characters without line breaks and other control characters.");
        if (wanted.Scopes.Length == 0 || wanted.Scopes.Except(OfflineDatabase.Scopes).Any())
        {
            var unknown = string.Join(" and ", wanted.Scopes.Except(OfflineDatabase.Scopes).Select(scope => $"'{scope}'"));
            throw new ArgumentsException($"--scopes names {(unknown.Length > 0 ? unknown : "nothing")}; scopes are {string.Join(", ", OfflineDatabase.Scopes)}.");
        }
        var builder = HostBuilders.Create(args);
        using var database = OfflineDatabase.Open(builder.Configuration, builder.Environment.ContentRootPath, TimeProvider.System);
        var key = await database.CreateKeyAsync(wanted.Name, [.. wanted.Scopes.Distinct()], wanted.App);
        // Whoever runs the command in another folder than the server would get a key that no server knows.
        if (database.IsNew)
            await Console.Error.WriteLineAsync($"pushhost: made a new database, {database.Name}; a server that uses another one will not know the key.");
        return key ?? throw new CommandException($"--app: there is no app '{wanted.App}'; an app is made when its name first stands below PushHost:Apps.");
    }

    private static void Print(KeyWanted wanted, string key, bool json)
    {
        Console.WriteLine(json ? JsonSerializer.Serialize(new { key, wanted.Name, wanted.Scopes, wanted.App }, Json) : key);
        if (!json && !Console.IsOutputRedirected)
            Console.WriteLine("Keep it: only its hash is stored, and it is not shown again.");
    }

    private sealed record KeyWanted(string Name, string[] Scopes, string? App);
}
