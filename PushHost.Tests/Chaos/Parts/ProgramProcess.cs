using System.Diagnostics;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>One of our programs as a process of its own, for ending it in all the ways that processes end. Killed when disposed.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private const int LinesKept = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly Task _reading;
    private (string Text, TaskCompletionSource<string> Seen)? _awaited;

    private ProgramProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Memory it has resident now, bytes; 0 once it has ended.</summary>
    public long Memory
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.HasExited ? 0 : _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>The last lines it wrote.</summary>
    public string Tail
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <param name="assembly">A file of this folder, such as <c>PushHost.dll</c>.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Beside this process's own, less what would configure ASP.NET Core or PushHost.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProgramProcess Start(string assembly, string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        // A process that may be held to a file size (Disk.cs) must not die of the signal that comes with it: it is to see the error.
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in (ReadOnlySpan<string>)["-c", "trap '' XFSZ; exec dotnet \"$@\"", "--"])
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new ProgramProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a line that holds a text, and answers it; one that was written before counts.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } line)
                return line;
            _awaited = (text, seen);
        }
        if (await Task.WhenAny(seen.Task, _reading, Task.Delay(Patience, TimeProvider.System)) != seen.Task && !seen.Task.IsCompleted)
            throw new InvalidOperationException($"There came no line with '{text}':\n{Tail}");
        return await seen.Task;
    }

    /// <summary>SIGKILL: it has no say in it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by its name, such as TERM, STOP or CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end, and answers its exit code.</summary>
    /// <exception cref="TimeoutException">It goes on.</exception>
    public async Task<int> EndAsync(TimeSpan atMost)
    {
        using var timeout = new CancellationTokenSource(atMost, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It still runs after {atMost.TotalSeconds:0} s:\n{Tail}");
        }
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        await _reading;
        _process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("PushHost__", StringComparison.OrdinalIgnoreCase);

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                if (_lines.Count == LinesKept)
                    _lines.Dequeue();
                _lines.Enqueue(line);
                if (_awaited is { } awaited && line.Contains(awaited.Text, StringComparison.Ordinal))
                    awaited.Seen.TrySetResult(line);
            }
        }
    }
}
