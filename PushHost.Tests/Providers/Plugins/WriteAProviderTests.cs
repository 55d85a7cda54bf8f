using System.Text.RegularExpressions;
using NUnit.Framework;

namespace PushHost.Tests.Providers.Plugins;

public sealed partial class WriteAProviderTests
{
    [Test]
    public void The_guide_quotes_the_sample_word_for_word()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "write-a-provider.md"));
        var quotes = Quote().Matches(guide);

        Assert.That(quotes, Has.Count.EqualTo(Regex.Count(guide, "<!-- from ")).And.Count.GreaterThan(5), "every mark is followed by its block");
        Assert.Multiple(() =>
        {
            foreach (Match quote in quotes)
            {
                var source = File.ReadAllText(Path.Combine(Repository.SampleFolder, quote.Groups["file"].Value));
                Assert.That(source, Does.Contain(quote.Groups["code"].Value), quote.Groups["file"].Value);
            }
        });
    }

    [GeneratedRegex("<!-- from (?<file>[^ ]+) -->\n```(csharp|xml)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Quote();
}
