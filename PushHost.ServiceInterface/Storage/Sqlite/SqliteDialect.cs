using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushHost.ServiceInterface.Storage.Sqlite;

/// <summary>SQLite's SQL. It has one writer, so there is nothing to lock; ids are never given twice, so the newest notification has the highest.</summary>
internal sealed partial class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override string BeginView => "BEGIN";

    public override string? Lock => null;

    public override bool TakesColumns => false;

    public override string Translate(string sql) => TokenKey().Replace(sql, "$1")
        .Replace(" FOR UPDATE SKIP LOCKED", "", StringComparison.Ordinal)
        .Replace(" FOR UPDATE", "", StringComparison.Ordinal)
        .Replace(" FOR SHARE", "", StringComparison.Ordinal)
        .Replace(" ILIKE ", " LIKE ", StringComparison.Ordinal)
        .Replace(" items(", " json_each(", StringComparison.Ordinal)
        .Replace("last_notification()", "(SELECT COALESCE(MAX(id), 0) FROM notification)", StringComparison.Ordinal);

    [GeneratedRegex(@"token_key\(([@\w]+)\)")]
    private static partial Regex TokenKey();

    public override object Bind(object? value) =>
        value is SqlList list ? JsonSerializer.Serialize(list.Items, list.Items.GetType()) : value ?? DBNull.Value;

    public override string? Variant(ReadOnlySpan<object?> values) => null;
}
