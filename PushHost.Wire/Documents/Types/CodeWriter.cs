using System.Text;

namespace PushHost.Wire;

/// <summary>Builds source text line by line.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeWriter Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes lines between braces, indented.</summary>
    public CodeWriter Block(Action lines)
    {
        Line("{");
        _depth++;
        lines();
        _depth--;
        return Line("}");
    }

    /// <summary>Writes lines indented.</summary>
    public CodeWriter Indented(string line)
    {
        _depth++;
        Line(line);
        _depth--;
        return this;
    }

    public CodeWriter Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>A text in double quotes, as C# and TypeScript read it.</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in lines of bearable length.</summary>
    public static IEnumerable<string> Wrap(string text, int width = 120)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }
}
