using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Documents;

/// <summary>What the documents show is what happens.</summary>
public sealed class ReadmeTests
{
    [TestCase("README.md", 4)]
    [TestCase("docs/servicestack.md", 1)]
    public async Task Every_example_of_a_document_answers_as_the_document_shows(string document, int least)
    {
        Component.Need("bash");
        Component.Need("curl");
        await using var host = await TestHost.StartAsync();
        var examples = DocumentExample.Of(DocumentExample.Path(document));
        Assert.That(examples, Has.Count.GreaterThanOrEqualTo(least));

        foreach (var example in examples)
        {
            var output = await RunAsync(example.Command, host);
            var difference = JsonShape.Difference(JsonDocument.Parse(example.Answer).RootElement, JsonDocument.Parse(output).RootElement);
            Assert.That(difference, Is.Null, $"{example.Command}\nanswered {output}");
        }
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
}
