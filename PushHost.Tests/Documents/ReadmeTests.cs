using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Documents;

/// <summary>What the documents show is what happens.</summary>
public sealed partial class ReadmeTests
{
    private static IEnumerable<string> WithExamples() => DocumentExample.Documents().Where(document => DocumentExample.Of(DocumentExample.Path(document)).Count > 0);

    [TestCaseSource(nameof(WithExamples))]
    public async Task Every_example_of_a_document_answers_as_the_document_shows(string document)
    {
        Component.Need("bash");
        Component.Need("curl");
        await using var host = await TestHost.StartAsync();
        var examples = DocumentExample.Of(DocumentExample.Path(document));

        foreach (var example in examples)
        {
            var output = await RunAsync(example.Command, host);
            var difference = JsonShape.Difference(JsonDocument.Parse(example.Answer).RootElement, JsonDocument.Parse(output).RootElement);
            Assert.That(difference, Is.Null, $"{example.Command}\nanswered {output}");
        }
    }

    [TestCaseSource(typeof(DocumentExample), nameof(DocumentExample.Documents))]
    public void Every_request_to_a_host_that_a_document_shows_is_an_example_with_its_answer(string document)
    {
        var text = File.ReadAllText(DocumentExample.Path(document));
        var shown = Requests().Count(text);

        Assert.That(DocumentExample.Of(DocumentExample.Path(document)).Sum(example => Requests().Count(example.Command)), Is.EqualTo(shown));
        if (document == "README.md")
            Assert.That(shown, Is.GreaterThanOrEqualTo(4));
    }

    [Test]
    public void The_readme_opens_with_the_demo_and_the_tests()
    {
        var lines = File.ReadAllLines(DocumentExample.Path("README.md"));
        var block = lines.SkipWhile(line => line != "```sh").Skip(1).TakeWhile(line => line != "```").ToList();
        Assert.That(block, Has.Count.EqualTo(2));
        Assert.That(block[0], Does.StartWith("dotnet run --project PushHost -- demo"));
        Assert.That(block[1], Does.StartWith("dotnet test PushHost.sln"));
        Assert.That(File.ReadAllText(DocumentExample.Path(".ci/run")), Does.Contain("dotnet test PushHost.sln"));
    }

    private static async Task<string> RunAsync(string command, TestHost host)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        start.Environment["URL"] = host.Client.BaseAddress!.ToString().TrimEnd('/');
        start.Environment["KEY"] = TestHost.AdminKey;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    [GeneratedRegex("""^curl [^\n]*\$URL""", RegexOptions.Multiline)]
    private static partial Regex Requests();
}
