using System.Globalization;
using System.Xml;
using Microsoft.Extensions.Configuration;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Host.Settings;

/// <summary>Reads one section of the settings by name and type, and knows which names nobody read.</summary>
internal sealed class SettingsSection(IConfiguration section, string path, List<SettingsFault> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string Path => path;

    /// <summary>The names below this section.</summary>
    public IEnumerable<string> Names => section.GetChildren().Select(child => child.Key);

    public void Fault(string name, string message) => faults.Add(new SettingsFault(PathOf(name), message));

    public string? Text(string name)
    {
        _known.Add(name);
        var child = section.GetSection(name);
        if (child.GetChildren().Any())
            Fault(name, "has members, and must be a text");
        return child.Value is { Length: > 0 } value ? value : null;
    }

    public string Text(string name, string defaultValue) => Text(name) ?? defaultValue;

    public bool Flag(string name, bool defaultValue)
    {
        if (Text(name) is not { } text)
            return defaultValue;
        if (bool.TryParse(text, out var value))
            return value;
        Fault(name, $"is '{text}', and must be true or false");
        return defaultValue;
    }

    public int Number(string name, int defaultValue, int least, int most)
    {
        if (Text(name) is not { } text)
            return defaultValue;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Fault(name, $"is '{text}', and must be a whole number from {least} to {most}");
        return defaultValue;
    }

    /// <summary>A share of a whole, from 0 to 1.</summary>
    public double Fraction(string name, double defaultValue)
    {
        if (Text(name) is not { } text)
            return defaultValue;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1)
            return value;
        Fault(name, $"is '{text}', and must be a number from 0 to 1, such as 0.2");
        return defaultValue;
    }

    /// <summary>A duration such as <c>P30D</c> or <c>PT5M</c>.</summary>
    public TimeSpan Duration(string name, TimeSpan defaultValue, TimeSpan least, TimeSpan most)
    {
        if (Text(name) is not { } text)
            return defaultValue;
        try
        {
            if (WireText.Parse<TimeSpan>(text) is var value && value >= least && value <= most)
                return value;
        }
        catch (FormatException)
        {
            // Named below, like a duration that is out of bounds.
        }
        Fault(name, $"is '{text}', and must be a duration from {XmlConvert.ToString(least)} to {XmlConvert.ToString(most)}, such as {XmlConvert.ToString(defaultValue)}");
        return defaultValue;
    }

    /// <summary>A list, written as a JSON array or as words separated by spaces or commas; null when absent.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        _known.Add(name);
        var child = section.GetSection(name);
        if (child.Value is { } text)
            return text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var items = child.GetChildren().Select(item => item.Value ?? "").ToList();
        return items.Count > 0 ? items : null;
    }

    public SettingsSection Section(string name)
    {
        _known.Add(name);
        return new SettingsSection(section.GetSection(name), PathOf(name), faults);
    }

    /// <summary>The values directly below this section, and the names of its sections.</summary>
    public (Dictionary<string, string> Values, List<string> Sections) Content()
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var sections = new List<string>();
        foreach (var child in section.GetChildren())
        {
            _known.Add(child.Key);
            if (child.GetChildren().Any())
                sections.Add(child.Key);
            else
                values[child.Key] = child.Value ?? "";
        }
        return (values, sections);
    }

    /// <summary>Adds a fault for every name that was given and never read.</summary>
    public void RefuseOthers()
    {
        foreach (var name in Names.Where(name => !_known.Contains(name)))
            Fault(name, $"is not a setting; {path} takes {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
    }

    private string PathOf(string name) => $"{path}:{name}";
}

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="Path">The setting's full path, such as <c>PushHost:Storage:Provider</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record SettingsFault(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Message}";
}

/// <summary>The host cannot start with these settings. The message is one line that names each setting and what is wrong with it.</summary>
public sealed class SettingsException(IReadOnlyList<SettingsFault> faults) : Exception(string.Join("; ", faults))
{
    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<SettingsFault> Faults { get; } = faults;
}
