using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Security;

namespace PushHost.Commands;

/// <summary><c>keys list</c>: which API keys there are. The keys themselves are stored nowhere.</summary>
internal static class KeyListCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON array." };
        var command = new Command("list", "Lists the keys, those that were revoked included. Takes settings as serve does.") { json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, _) =>
        {
            var keys = await ReadAsync(parsed.UnmatchedTokens);
            Console.Write(parsed.GetValue(json) ? JsonSerializer.Serialize(keys.Select(Shown), KeysCommand.Json) + Environment.NewLine : Table(keys));
            return 0;
        });
        return command;
    }

    private static async Task<List<StoredKey>> ReadAsync(IReadOnlyList<string> args)
    {
        var builder = HostBuilders.Create(args);
        using var database = OfflineDatabase.Open(builder.Configuration, builder.Environment.ContentRootPath, TimeProvider.System);
        var keys = await database.KeysAsync();
        if (database.IsNew)
            await Console.Error.WriteLineAsync($"pushhost: made a new database, {database.Name}; a server that uses another one has other keys.");
        return keys;
    }

    private static object Shown(StoredKey key) => new { key.Id, key.Name, key.Prefix, key.Scopes, key.App, CreatedAt = Time(key.CreatedAt), RevokedAt = Time(key.RevokedAt) };

    private static string Table(List<StoredKey> keys)
    {
        string[][] rows =
        [
            ["ID", "KEY", "SCOPES", "APP", "MADE", "REVOKED", "NAME"],
            .. keys.Select(key => (string[])
                [$"{key.Id}", key.Prefix + "…", string.Join(',', key.Scopes), key.App ?? "all", Time(key.CreatedAt)!, Time(key.RevokedAt) ?? "-", key.Name]),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Concat(rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + Environment.NewLine));
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
