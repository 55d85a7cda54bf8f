using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace PushHost.Providers.Settings;

/// <summary>Reads a credential's settings by name and type and collects every fault, unknown names included.</summary>
/// <param name="settings">The bag to read from.</param>
public sealed class SettingsReader(CredentialSettings settings)
{
    private readonly List<SettingFault> _faults = [];

    // The engine takes this one for every provider, before a provider reads any.
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase) { "MaxPerMinute" };

    /// <summary>Adds a fault that the provider found itself.</summary>
    public void Fault(string name, string message) => _faults.Add(new SettingFault(name, message));

    /// <summary>Whether the setting has a value.</summary>
    public bool Has(string name) => Text(name) is not null;

    /// <summary>A text; null when absent.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        return settings[name];
    }

    /// <summary>A text that must be there; empty, with a fault, when it is not.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="meaning">What it is, for the fault's message, such as <c>the 10 characters of the key's id</c>.</param>
    public string Required(string name, string meaning)
    {
        if (Text(name) is { } value)
            return value;
        Fault(name, $"is missing: {meaning}");
        return "";
    }

    /// <summary>A whole number within bounds; the default when absent or, with a fault, when it is not one.</summary>
    public int Number(string name, int defaultValue, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
            return defaultValue;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
            return value;
        Fault(name, $"is '{text}', and must be a whole number from {minimum} to {maximum}");
        return defaultValue;
    }

    /// <summary>An absolute https address (or http, which only the settings file may name); null when absent or, with a fault, when it is not one.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
            return uri;
        Fault(name, $"is '{text}', and must be an absolute address such as https://gateway.example");
        return null;
    }

    /// <summary>The content of a file; null when absent or, with a fault, when it cannot be read.</summary>
    public byte[]? File(string name)
    {
        if (Text(name) is null)
            return null;
        try
        {
            return settings.ReadFile(name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fault(name, $"cannot be read: {error.Message}");
            return null;
        }
    }

    /// <summary>The certificates of a PEM file, to trust in addition to the system's; empty when absent or, with a fault, when there are none in it.</summary>
    public X509Certificate2Collection Certificates(string name)
    {
        var certificates = new X509Certificate2Collection();
        if (File(name) is not { } content)
            return certificates;
        try
        {
            certificates.ImportFromPem(System.Text.Encoding.UTF8.GetString(content));
        }
        catch (System.Security.Cryptography.CryptographicException error)
        {
            Fault(name, $"'{settings[name]}' is not a PEM file of certificates: {error.Message}");
            return certificates;
        }
        if (certificates.Count == 0)
            Fault(name, $"'{settings[name]}' holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        return certificates;
    }

    /// <summary>All faults, including one for every setting that was given and never read.</summary>
    public IReadOnlyList<SettingFault> Faults =>
    [
        .. _faults,
        .. settings.Names.Where(name => !_known.Contains(name))
            .Select(name => new SettingFault(name, $"is not a setting of this provider; it takes {string.Join(", ", _known.Order(StringComparer.Ordinal))}")),
    ];
}
