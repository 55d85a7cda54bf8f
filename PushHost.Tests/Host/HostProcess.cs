using System.Diagnostics;
using PushHost.Serve;

namespace PushHost.Tests.Host;

/// <summary>The built program as a process of its own, in a working directory and with a temporary folder of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _patience = new(Limit);
    private readonly Process _process;
    private readonly Task<string> _error;

    private HostProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(_patience.Token);
    }

    /// <param name="folder">Its working directory; temporary files go there too.</param>
    /// <param name="environment">Its ASP.NET Core environment.</param>
    /// <param name="args">Its arguments.</param>
    public static HostProcess Start(TempFolder folder, string environment, params string[] args) => Start(folder.Path, folder.Path, environment, args);

    private static HostProcess Start(string folder, string temporary, string environment, string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["TMPDIR"] = temporary;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PushHost.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Error)> RunAsync(TempFolder folder, params string[] args)
    {
        using var process = Start(folder, "Production", args);
        return await process.EndAsync();
    }

    /// <summary>Runs it to its end with temporary files in a folder that isn't there.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Error)> RunWithoutTemporaryFolderAsync(TempFolder folder, params string[] args)
    {
        using var process = Start(folder.Path, Path.Combine(folder.Path, "absent"), "Production", args);
        return await process.EndAsync();
    }

    /// <summary>Reads its output up to the line that holds a text, and answers that line.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException($"The process ended without a line '{text}': {await _error}");
    }

    /// <summary>Sends it SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(_patience.Token);
    }

    /// <summary>Waits for its end, and answers the lines that are left.</summary>
    public async Task<(int ExitCode, string[] Output, string[] Error)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(_patience.Token);
        await _process.WaitForExitAsync(_patience.Token);
        return (_process.ExitCode, Lines(output), Lines(await _error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _patience.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("PushHost__", StringComparison.OrdinalIgnoreCase);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
