using System.Data.Common;

namespace PushHost.ServiceInterface.Storage;

/// <summary>One database connection in use by one caller. Commands stay prepared for the connection's life. Parameters are positional: <c>@p0</c>, <c>@p1</c>, …</summary>
/// <remarks>Not safe for concurrent use.</remarks>
/// <param name="connection">An open connection, which the session disposes.</param>
/// <param name="dialect">The database's.</param>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect) : IDisposable
{
    private const int MaxCommands = 1000;
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <inheritdoc cref="SqlDialect.TakesColumns"/>
    public bool TakesColumns => dialect.TakesColumns;

    /// <summary>Whether any statement since this was set to false could change something.</summary>
    public bool Changed { get; set; }

    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>Runs a statement and answers its first value as a number; null when there is no row or it is null.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) =>
        Command(sql, values).ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Runs a query. Dispose the reader before the next statement of the same text.</summary>
    public DbDataReader Query(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteReader();

    /// <summary>Runs a query and reads all its rows.</summary>
    public List<T> List<T>(Func<DbDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using var reader = Query(sql, values);
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a query and reads its first row; null when there is none.</summary>
    public T? First<T>(Func<DbDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Query(sql, values);
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>What is read until this is disposed is the database at one moment.</summary>
    public IDisposable View()
    {
        Execute(dialect.BeginView);
        return new OneMoment(this);
    }

    /// <summary>Lets one transaction at a time, of all processes, go on under the same names; it holds until the transaction ends.</summary>
    public void Lock(params ReadOnlySpan<string?> names)
    {
        if (dialect.Lock is { } statement)
            Number(statement, string.Join('\n', names));
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }

    private DbCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        Changed |= !sql.StartsWith("SELECT", StringComparison.Ordinal);
        var text = dialect.Variant(values) is { } variant ? sql + variant : sql;
        if (!_commands.TryGetValue(text, out var command))
        {
            if (_commands.Count >= MaxCommands)
                Forget();
            command = connection.CreateCommand();
            command.CommandText = dialect.Translate(text);
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                command.Parameters.Add(parameter);
            }
            _commands.Add(text, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = dialect.Bind(values[i]);
        return command;
    }

    private sealed class OneMoment(SqlSession session) : IDisposable
    {
        public void Dispose() => session.Execute("COMMIT");
    }
}
