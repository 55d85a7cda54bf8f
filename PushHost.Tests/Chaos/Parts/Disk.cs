using System.Diagnostics;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>Disks that fill and empty again under a running process.</summary>
internal abstract class Disk : IAsyncDisposable
{
    /// <summary>Where the database goes.</summary>
    public abstract string Folder { get; }

    /// <summary>From now on nothing more can be written.</summary>
    public abstract Task FillAsync(ProgramProcess process);

    /// <summary>There is room again.</summary>
    public abstract Task EmptyAsync(ProgramProcess process);

    public abstract ValueTask DisposeAsync();

    protected static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}

/// <summary>A process that may not write a file beyond its first page: any user can do that to his own.</summary>
internal sealed class FileSizeLimit(string folder) : Disk
{
    public override string Folder => folder;

    public override Task FillAsync(ProgramProcess process) => LimitAsync(process, "4096");

    public override Task EmptyAsync(ProgramProcess process) => LimitAsync(process, "unlimited");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task LimitAsync(ProgramProcess process, string size)
    {
        if (!await RunAsync("prlimit", "--pid", $"{process.Id}", $"--fsize={size}:unlimited"))
            throw new InvalidOperationException("prlimit failed");
    }
}

/// <summary>A file system of a few megabytes that another file fills up. Only root can mount it.</summary>
internal sealed class SmallFileSystem : Disk
{
    private readonly string _ballast;

    private SmallFileSystem(string folder)
    {
        Folder = folder;
        _ballast = Path.Combine(folder, "ballast");
    }

    public override string Folder { get; }

    /// <returns>Null where it may not be mounted.</returns>
    public static async Task<SmallFileSystem?> TryMountAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        return await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder) ? new SmallFileSystem(folder) : null;
    }

    public override async Task FillAsync(ProgramProcess process)
    {
        var piece = new byte[4096];
        try
        {
            await using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                await file.WriteAsync(piece);
        }
        catch (IOException)
        {
            // That was the last block.
        }
    }

    public override Task EmptyAsync(ProgramProcess process)
    {
        File.Delete(_ballast);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync() => await RunAsync("umount", "--lazy", Folder);
}
