namespace PushHost.Providers.Settings;

/// <summary>A credential's settings as one neutral bag, the same whether they come from the settings file or were saved through the API.</summary>
/// <param name="values">The values by name; names are compared without case.</param>
/// <param name="environment">The environment the credential is for; null where the gateway has only one.</param>
/// <param name="readFile">Gives the content that a value of a <c>…File</c> setting stands for: in the settings file the value is a path,
/// in a saved credential it is the content itself. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
public sealed class CredentialSettings(IReadOnlyDictionary<string, string> values, string? environment, Func<string, byte[]> readFile)
{
    private readonly Dictionary<string, string> _values = new(values, StringComparer.OrdinalIgnoreCase);

    /// <summary>The environment the credential is for; null where the gateway has only one.</summary>
    public string? Environment { get; } = environment;

    /// <summary>The names that have a value.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The value of a setting; null when it is absent or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The content that the value of a <c>…File</c> setting stands for.</summary>
    /// <exception cref="IOException">The file cannot be read; the message says why.</exception>
    public byte[] ReadFile(string name) => readFile(this[name] ?? throw new ArgumentException($"{name} has no value", nameof(name)));
}
