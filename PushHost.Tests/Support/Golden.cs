using NUnit.Framework;
using PushHost.Tests.Documents;

namespace PushHost.Tests.Support;

/// <summary>Files that hold what the host answered when somebody last looked at it. <c>PUSHHOST_TESTS_UPDATE=1 dotnet test PushHost.Tests --filter
/// Category=Golden</c> writes them anew; what changed then stands in the diff.</summary>
internal static class Golden
{
    /// <summary>The category of tests that compare with a golden file.</summary>
    public const string Category = "Golden";

    /// <summary>Compares with a file of the folder <c>Golden</c>, or writes it where <c>PUSHHOST_TESTS_UPDATE</c> is 1.</summary>
    public static void Check(string name, string text)
    {
        var path = PathOf(name);
        if (Environment.GetEnvironmentVariable("PUSHHOST_TESTS_UPDATE") == "1")
            File.WriteAllText(path, text);
        var known = File.Exists(path) ? File.ReadAllText(path) : "";
        if (known == text)
            return;
        var (before, after) = (known.Split('\n'), text.Split('\n'));
        var line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail(
            $"PushHost.Tests/Golden/{name} is out of date from line {line + 1}:\n- {before.ElementAtOrDefault(line)}\n+ {after.ElementAtOrDefault(line)}\n"
            + "Where the new text is right, write it: PUSHHOST_TESTS_UPDATE=1 dotnet test PushHost.Tests --filter Category=Golden");
    }

    /// <summary>Where a golden file lies.</summary>
    public static string PathOf(string name) => DocumentExample.Path(Path.Combine("PushHost.Tests", "Golden", name));
}
