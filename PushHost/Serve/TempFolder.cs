namespace PushHost.Serve;

/// <summary>A folder that only this user can read, deleted with all it holds.</summary>
internal sealed class TempFolder(string prefix) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(prefix);

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
}
