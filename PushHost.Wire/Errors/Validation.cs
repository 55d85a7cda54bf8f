namespace PushHost.Wire;

/// <summary>Collects what is wrong with a request, so that a caller learns all of it at once.</summary>
/// <remarks>Null passes every check but <see cref="NotEmpty(string, string?)"/>, since optional members may be absent. Not
/// thread-safe.</remarks>
public sealed class Validation
{
    private readonly List<FieldError> _errors = [];

    /// <summary>What was found wrong so far.</summary>
    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>Adds a failure of the caller's own.</summary>
    public Validation Add(string field, string code, string message)
    {
        _errors.Add(new(code, field, message));
        return this;
    }

    /// <summary>Refuses null, "" and text of nothing but blanks.</summary>
    public Validation NotEmpty(string field, string? value) =>
        string.IsNullOrWhiteSpace(value) ? Add(field, "NotEmpty", $"'{field}' must not be empty.") : this;

    /// <summary>Refuses null and a list of nothing.</summary>
    public Validation NotEmpty<T>(string field, IReadOnlyCollection<T>? value) =>
        value is null or { Count: 0 } ? Add(field, "NotEmpty", $"'{field}' must not be empty.") : this;

    /// <summary>Refuses an absent value.</summary>
    public Validation NotNull(string field, object? value) => value is null ? Add(field, "NotNull", $"'{field}' must be given.") : this;

    /// <summary>Refuses text shorter than <paramref name="least"/> or longer than <paramref name="most"/> UTF-16 characters.</summary>
    public Validation Length(string field, string? value, int least, int most) =>
        value is null || (value.Length >= least && value.Length <= most)
            ? this
            : Add(field, "Length", $"'{field}' must have {Span(least, most)} characters; it has {value.Length}.");

    /// <summary>Refuses a list with fewer than <paramref name="least"/> or more than <paramref name="most"/> entries.</summary>
    public Validation Count<T>(string field, IReadOnlyCollection<T>? value, int least, int most) =>
        value is null || (value.Count >= least && value.Count <= most)
            ? this
            : Add(field, "Count", $"'{field}' must have {Span(least, most)} entries; it has {value.Count}.");

    /// <summary>Refuses a value below <paramref name="least"/> or above <paramref name="most"/>.</summary>
    public Validation Range<T>(string field, T? value, T least, T most)
        where T : struct, IComparable<T> =>
        value is not { } given || (given.CompareTo(least) >= 0 && given.CompareTo(most) <= 0)
            ? this
            : Add(field, "Range", $"'{field}' must be from {least} to {most}; it is {given}.");

    /// <summary>Refuses the request unless <paramref name="holds"/>.</summary>
    public Validation Must(bool holds, string field, string code, string message) => holds ? this : Add(field, code, message);

    /// <summary>Ends the collection.</summary>
    /// <exception cref="RequestException">400 with one entry per failure, if there is any; the message is the first one's.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw RequestException.Validation(_errors);
    }

    private static string Span(int least, int most) => least == most ? $"{least}" : $"{least} to {most}";
}
