using System.Diagnostics;
using PushHost.Serve;

namespace PushHost.Tests.Interop;

/// <summary>A headless Chromium with a profile of its own, open on one page.</summary>
internal sealed class Browser : IDisposable
{
    // Chromium fetches and reports by itself what no test wants; and as root it runs without its sandbox or not at all.
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
    ];

    private readonly TempFolder _profile = new("pushhost-chromium-");
    private readonly Process _process;

    public Browser(string page)
    {
        var start = new ProcessStartInfo("chromium") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Quiet)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add($"--user-data-dir={_profile.Path}");
        start.ArgumentList.Add(page);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _profile.Dispose();
    }
}
