using System.Text;
using System.Text.RegularExpressions;

namespace PushHost.Wire;

/// <summary>What a caller may choose about generated types, in the query, by the names that ServiceStack's tools use. The options stand in the
/// head of the file: the tools read them there, to ask for the same again.</summary>
internal sealed partial class TypesOptions
{
    private readonly IReadOnlyList<TypesOption> _known;
    private readonly Dictionary<string, string> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the options out of a query; those that the language doesn't have are ignored, as the tools send some to every language.</summary>
    /// <exception cref="RequestException">400: a value is not one that the option takes.</exception>
    public TypesOptions(IReadOnlyList<TypesOption> known, IQueryCollection query)
    {
        _known = known;
        var validation = new Validation();
        foreach (var option in known)
        {
            if (!query.TryGetValue(option.Name, out var given))
                continue;
            var value = given.ToString();
            if (!option.Form().IsMatch(value))
                validation.Add(option.Name, "UnknownValue", $"{option.Name} is '{Short(value)}', and must be {option.Expected}");
            _given[option.Name] = value;
        }
        validation.ThrowIfAny();
    }

    /// <summary>Whether an option is on.</summary>
    public bool Has(string name) => Text(name).Equals("True", StringComparison.OrdinalIgnoreCase);

    /// <summary>The option's text; empty where there is none.</summary>
    public string Text(string name) => _given.TryGetValue(name, out var value) ? value : _known.Single(option => option.Name == name).Default;

    /// <summary>The names of a comma list.</summary>
    public IReadOnlyList<string> List(string name) => Text(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The comment that stands at the head of the file. An option that was given stands without the slashes.</summary>
    public string Head(string baseUrl, DateTimeOffset date)
    {
        var head = new StringBuilder();
        head.Append("/* Options:\n")
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"Date: {date.UtcDateTime:yyyy-MM-dd HH:mm:ss}\n")
            // The version of the conventions, which the tools compare, and not PushHost's own.
            .Append("Version: 10.15\n")
            .Append("Tip: To override a DTO option, remove \"//\" prefix before updating\n")
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"BaseUrl: {baseUrl}\n\n");
        foreach (var option in _known)
            head.Append(_given.ContainsKey(option.Name) ? "" : "//").Append($"{option.Name}: {Text(option.Name)}".TrimEnd()).Append('\n');
        return head.Append("*/\n\n").ToString();
    }

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";
}

/// <summary>One option of generated types.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value unless given.</param>
/// <param name="Kind">Which values it takes.</param>
internal sealed partial record TypesOption(string Name, string Default, TypesOptionKind Kind)
{
    public string Expected => Kind switch
    {
        TypesOptionKind.Flag => "True or False",
        TypesOptionKind.Number => "a whole number",
        TypesOptionKind.Name => "a namespace such as Example.Push",
        _ => "names separated by commas",
    };

    /// <summary>What a value looks like. Nothing else gets into a file that somebody compiles.</summary>
    public Regex Form() => Kind switch
    {
        TypesOptionKind.Flag => Flag(),
        TypesOptionKind.Number => Number(),
        TypesOptionKind.Name => DottedName(),
        _ => Names(),
    };

    [GeneratedRegex(@"\A(true|false)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Flag();

    [GeneratedRegex(@"\A\d{0,9}\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A([A-Za-z_]\w*(\.[A-Za-z_]\w*)*)?\z", RegexOptions.ECMAScript)]
    private static partial Regex DottedName();

    [GeneratedRegex(@"\A[\w.*{}, ]{0,4000}\z", RegexOptions.ECMAScript)]
    private static partial Regex Names();
}

/// <summary>Which values an option takes.</summary>
internal enum TypesOptionKind
{
    /// <summary><c>True</c> or <c>False</c>.</summary>
    Flag,

    /// <summary>A whole number, or none.</summary>
    Number,

    /// <summary>A name with dots, or none.</summary>
    Name,

    /// <summary>Names separated by commas, or none.</summary>
    Names,
}
