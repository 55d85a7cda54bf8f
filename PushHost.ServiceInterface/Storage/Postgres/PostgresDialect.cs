using System.Text;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>PostgreSQL's SQL, which this code is written in.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    /// <summary>For transactions that write.</summary>
    public static readonly PostgresDialect Writing = new(writes: true);

    /// <summary>For reading: what a reader finds it does not hold.</summary>
    public static readonly PostgresDialect Reading = new(writes: false);

    private readonly bool _writes;

    private PostgresDialect(bool writes) => _writes = writes;

    public override string BeginView => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public override string? Lock => "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(@p0, 0))) held";

    public override bool TakesColumns => true;

    public override string Translate(string sql) => _writes
        ? sql
        : sql.Replace(" FOR UPDATE SKIP LOCKED", "", StringComparison.Ordinal)
            .Replace(" FOR UPDATE", "", StringComparison.Ordinal)
            .Replace(" FOR SHARE", "", StringComparison.Ordinal);

    // One width of numbers, so that a parameter has one type.
    public override object Bind(object? value) => value switch
    {
        null => DBNull.Value,
        int number => (long)number,
        SqlList list => list.Items,
        _ => value,
    };

    // Nulls have no type. A statement that was prepared with one takes no value in its place, which Npgsql does not notice.
    public override string? Variant(ReadOnlySpan<object?> values)
    {
        StringBuilder? nulls = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null)
                (nulls ??= new StringBuilder(" -- null:")).Append(' ').Append(i);
        }
        return nulls?.ToString();
    }
}
