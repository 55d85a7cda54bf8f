using System.Diagnostics;
using NUnit.Framework;
using PushHost.Tests.Documents;

namespace PushHost.Tests.Support;

/// <summary>Other people's JavaScript, as <c>PushHost.Tests/node/package-lock.json</c> pins it. <c>npm ci --prefix PushHost.Tests/node</c> installs it.</summary>
internal static class NodeModules
{
    /// <summary>The folder of <c>package.json</c>.</summary>
    public static string Folder => DocumentExample.Path(Path.Combine("PushHost.Tests", "node"));

    /// <summary>Skips the test, or fails it where <c>PUSHHOST_TESTS_REQUIRE</c> names <c>node</c>, unless node and the modules are there.</summary>
    public static void Need()
    {
        Component.Need("node");
        Component.Need("node", Directory.Exists(Path.Combine(Folder, "node_modules")), "PushHost.Tests/node has no modules: npm ci --prefix PushHost.Tests/node");
    }

    /// <summary>Runs a module's program, such as <c>typescript/bin/tsc</c>, or a script of one's own by its full path.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        start.ArgumentList.Add(Path.Combine(Folder, "node_modules", script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
