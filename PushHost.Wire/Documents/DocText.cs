using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PushHost.Wire;

/// <summary>One text of a doc comment, for readers of several languages.</summary>
internal sealed partial class DocText(XElement element)
{
    /// <summary>As Markdown: code in backticks.</summary>
    public string Markdown { get; } = Spaces().Replace(Plain(element), " ").Trim();

    /// <summary>As the inside of a C# doc comment: code in <c>c</c> elements.</summary>
    public string Xml => Code().Replace(
        Markdown.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
        "<c>$1</c>");

    private static string Plain(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText piece => piece.Value,
                XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" or "seealso" } see => $"`{Target(see)}`",
                XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{(string?)name.Attribute("name")}`",
                XElement other => Plain(other),
                _ => "",
            });
        }
        return text.ToString();
    }

    // Readers know members by their names on the wire.
    private static string Target(XElement see)
    {
        var cref = (string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? see.Value;
        var name = cref[(cref.LastIndexOf('.') + 1)..].Split('`')[0];
        return cref.StartsWith("P:", StringComparison.Ordinal) || cref.StartsWith("F:", StringComparison.Ordinal)
            ? JsonNamingPolicy.CamelCase.ConvertName(name)
            : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
