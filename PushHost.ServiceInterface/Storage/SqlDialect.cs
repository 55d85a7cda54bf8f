namespace PushHost.ServiceInterface.Storage;

/// <summary>How a database differs from the SQL that this code is written in, which is PostgreSQL's with the functions of the first migration:
/// <c>items(list)</c>, a list parameter as a table with the one column <c>value</c>; <c>token_key(text)</c>, what registration tokens are indexed by;
/// <c>last_notification()</c>, the highest id that any notification was given.</summary>
internal abstract class SqlDialect
{
    /// <summary>Begins a transaction that reads the database as it is at one moment.</summary>
    public abstract string BeginView { get; }

    /// <summary>Waits until no other transaction holds the lock of the name <c>@p0</c>, and holds it until this one ends; null where only one writes at a time.</summary>
    public abstract string? Lock { get; }

    /// <summary>Whether several lists can be read side by side, <c>FROM unnest(@p0, @p1)</c>, so that any number of rows is one statement.</summary>
    public abstract bool TakesColumns { get; }

    /// <summary>The statement as this database takes it.</summary>
    public abstract string Translate(string sql);

    /// <summary>A value as the driver takes it.</summary>
    public abstract object Bind(object? value);

    /// <summary>What tells apart statements of the same text that must be prepared apart for these values; null when nothing does.</summary>
    public abstract string? Variant(ReadOnlySpan<object?> values);
}
