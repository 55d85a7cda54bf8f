using System.Text;

namespace PushHost.ServiceInterface.Metrics;

/// <summary>The labels of a series: up to four, compared without making anything new.</summary>
internal readonly record struct Labels
{
    private readonly KeyValuePair<string, string> _first;
    private readonly KeyValuePair<string, string> _second;
    private readonly KeyValuePair<string, string> _third;
    private readonly KeyValuePair<string, string> _fourth;

    public Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _first = At(tags, 0);
        _second = At(tags, 1);
        _third = At(tags, 2);
        _fourth = At(tags, 3);
    }

    /// <summary>Whether they name this app.</summary>
    public bool AreOf(string app)
    {
        foreach (var (name, value) in (ReadOnlySpan<KeyValuePair<string, string>>)[_first, _second, _third, _fourth])
        {
            if (name == "app")
                return value == app;
        }
        return false;
    }

    /// <summary>Writes them as Prometheus has them: <c>{app="default",le="1"}</c>; nothing where there are none.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="bound">The upper bound of a histogram's bucket; null for none.</param>
    public void Write(StringBuilder text, string? bound = null)
    {
        var separator = '{';
        foreach (var (name, value) in (ReadOnlySpan<KeyValuePair<string, string>>)[_first, _second, _third, _fourth, new("le", bound!)])
        {
            if (name is null || value is null)
                continue;
            text.Append(separator).Append(name.Replace('.', '_')).Append("=\"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
            separator = ',';
        }
        if (separator == ',')
            text.Append('}');
    }

    private static KeyValuePair<string, string> At(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) =>
        index < tags.Length ? new(tags[index].Key, tags[index].Value as string ?? "") : default;
}
