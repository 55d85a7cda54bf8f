using PushHost.Commands;

namespace PushHost.Serve;

/// <summary>A folder that only this user can read, deleted with all it holds.</summary>
internal sealed class TempFolder(string prefix) : IDisposable
{
    private readonly DirectoryInfo _folder = Make(prefix);

    public string Path => _folder.FullName;

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone tidied up before us.
        }
    }

    private static DirectoryInfo Make(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"TMPDIR: no temporary folder can be made in {System.IO.Path.GetTempPath()}: {error.Message}", error);
        }
    }
}
