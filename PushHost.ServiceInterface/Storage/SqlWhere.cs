using System.Text;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Conditions joined by AND, with their values as parameters: <c>where.And($"app = {app}")</c>.</summary>
internal sealed class SqlWhere
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    /// <summary>The values of <c>@p0</c>, <c>@p1</c>, … in order.</summary>
    public object?[] Values => [.. _values];

    /// <summary>Adds a condition; every interpolated value becomes a parameter.</summary>
    public SqlWhere And(FormattableString condition)
    {
        _text.Append(_text.Length == 0 ? " WHERE " : " AND ").Append('(').Append(Condition(condition)).Append(')');
        return this;
    }

    /// <summary>Adds a condition only where <paramref name="holds"/>.</summary>
    public SqlWhere AndIf(bool holds, FormattableString condition) => holds ? And(condition) : this;

    /// <summary>Takes the values of a condition that the caller puts into a larger one, and gives its text.</summary>
    public string Condition(FormattableString condition)
    {
        var names = new object[condition.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            var argument = condition.GetArgument(i);
            if (argument is SqlText text)
                names[i] = text.Text;
            else
                names[i] = Parameter(argument);
        }
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, condition.Format, names);
    }

    /// <summary>The name of a parameter with this value.</summary>
    public string Parameter(object? value)
    {
        _values.Add(value);
        return $"@p{_values.Count - 1}";
    }

    /// <summary>A list as one parameter: <c>id IN {SqlWhere.Items(ids)}</c>.</summary>
    public SqlText Items<T>(IEnumerable<T> items) => new($"(SELECT value FROM items({Parameter(SqlList.Of(items))}))");

    /// <summary>Registration tokens as one parameter: <c>token_key(registration_id) IN {where.Tokens(tokens)}</c>.</summary>
    public SqlText Tokens(IEnumerable<string> tokens) => new($"(SELECT token_key(value) FROM items({Parameter(SqlList.Of(tokens))}))");

    /// <summary>The conditions as a WHERE clause; empty when there are none.</summary>
    public override string ToString() => _text.ToString();
}

/// <summary>Text that is already SQL, for <see cref="SqlWhere"/>.</summary>
internal readonly record struct SqlText(string Text);
