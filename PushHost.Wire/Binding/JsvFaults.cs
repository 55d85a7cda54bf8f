#pragma warning disable CA1032 // Thrown by the reader only, always with its path.
namespace PushHost.Wire;

/// <summary>Text that isn't what its member wants.</summary>
/// <param name="path">The member's path.</param>
/// <param name="problem">What is wrong, to stand behind the member's name.</param>
internal sealed class JsvException(string path, string problem) : Exception(problem)
{
    public string Path { get; } = path;
}

/// <summary>Notes what a path or query had wrong.</summary>
/// <param name="refusesUnknown">Whether unknown members are noted.</param>
internal sealed class JsvFaults(bool refusesUnknown)
{
    private readonly List<FieldError> _errors = [];

    public void Unknown(JsvPath path, string name)
    {
        if (refusesUnknown && name != "__type")
            Add(UnknownMembers.At(path.ToString()));
    }

    public void Add(string path, string problem) => Add(new("InvalidType", path, $"'{path}' {problem}."));

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw RequestException.Validation(_errors);
    }

    private void Add(FieldError error)
    {
        if (_errors.Count < UnknownMembers.MaxTold)
            _errors.Add(error);
    }
}
