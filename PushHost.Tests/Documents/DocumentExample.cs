using System.Text.RegularExpressions;

namespace PushHost.Tests.Documents;

/// <summary>A command of a document and the answer that stands below it.</summary>
internal sealed partial record DocumentExample(string Command, string Answer)
{
    /// <summary>The examples of a Markdown file: each <c>sh example</c> block with the <c>json answer</c> block that follows.</summary>
    public static IReadOnlyList<DocumentExample> Of(string path) =>
        [.. Examples().Matches(File.ReadAllText(path)).Select(match => new DocumentExample(match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>Every Markdown file that readers are pointed to, by its path from the root.</summary>
    public static IEnumerable<string> Documents()
    {
        var root = System.IO.Path.GetDirectoryName(Path("PushHost.sln"))!;
        return Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(root, "docs"), "*.md"))
            .Concat(Directory.EnumerateDirectories(root, "PushHost*").Concat(Directory.EnumerateDirectories(System.IO.Path.Combine(root, "samples")))
                .Select(folder => System.IO.Path.Combine(folder, "README.md")).Where(File.Exists))
            .Select(file => System.IO.Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    /// <summary>A file of the repository.</summary>
    public static string Path(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "PushHost.sln")))
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests run outside the repository");
        return System.IO.Path.Combine(folder, name);
    }

    [GeneratedRegex("```sh example\n(.*?)```\n```json answer\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
