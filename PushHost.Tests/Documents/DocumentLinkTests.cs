using System.Text.RegularExpressions;
using NUnit.Framework;

namespace PushHost.Tests.Documents;

/// <summary>The documents name files that exist.</summary>
public sealed partial class DocumentLinkTests
{
    [Test]
    public void Every_file_that_the_walk_through_the_architecture_names_exists()
    {
        var names = FileNames().Matches(File.ReadAllText(DocumentExample.Path("ARCHITECTURE.md"))).Select(match => match.Groups[1].Value).Distinct().ToList();
        var root = Path.GetDirectoryName(DocumentExample.Path("PushHost.sln"))!;
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).ToList();
        Assert.That(names, Has.Count.GreaterThan(14));
        Assert.That(names.Where(name => !files.Exists(file => file == name || file.EndsWith("/" + name, StringComparison.Ordinal))), Is.Empty);
    }

    [TestCaseSource(typeof(DocumentExample), nameof(DocumentExample.Documents))]
    public void Every_link_to_a_file_leads_somewhere(string document)
    {
        var path = DocumentExample.Path(document);
        var links = Links().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal));
        Assert.That(links.Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link))), Is.Empty);
    }

    [GeneratedRegex("`([A-Za-z./0-9]+\\.cs)`")]
    private static partial Regex FileNames();

    [GeneratedRegex("\\]\\(([^)#]+)\\)")]
    private static partial Regex Links();
}
