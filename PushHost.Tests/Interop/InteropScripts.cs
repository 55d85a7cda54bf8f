using NUnit.Framework;
using PushHost.Tests.Documents;
using PushHost.Tests.Support;

namespace PushHost.Tests.Interop;

/// <summary>TypeScript of this repository, compiled beside the types that a host generates, in a folder of its own.</summary>
internal sealed class InteropScripts : IDisposable
{
    // Below the modules, where node and the compiler look for them.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(NodeModules.Folder, "tmp", Guid.NewGuid().ToString("N"))).FullName;

    private InteropScripts()
    {
    }

    /// <summary>Where the compiled scripts are.</summary>
    public string Output => Path.Combine(_folder, "out");

    /// <param name="host">Whose types they use.</param>
    /// <param name="sources">Where the scripts are, below the root.</param>
    /// <param name="scripts">Their names.</param>
    public static async Task<InteropScripts> CompileAsync(TestHost host, string sources, params string[] scripts)
    {
        NodeModules.Need();
        var made = new InteropScripts();
        await File.WriteAllTextAsync(Path.Combine(made._folder, "dtos.ts"), (await host.GetAsync("/types/typescript", key: null)).Body);
        foreach (var file in Directory.EnumerateFiles(DocumentExample.Path(sources), "*.ts"))
            File.Copy(file, Path.Combine(made._folder, Path.GetFileName(file)));
        string[] options = ["--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable", "--types", "", "--skipLibCheck", "--outDir", made.Output];

        var (exitCode, output) = await NodeModules.RunAsync(
            Path.Combine("typescript", "bin", "tsc"), [.. options, .. scripts.Select(script => Path.Combine(made._folder, script))]);

        Assert.That(exitCode, Is.Zero, output);
        return made;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
