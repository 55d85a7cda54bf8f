namespace PushHost.Tests.Providers.Plugins;

/// <summary>Where the sources are, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string SampleFolder => Path.Combine(Root, "samples", "PushHost.Providers.Sample");

    /// <summary>Built like the tests: the last two parts of their folder are configuration and framework.</summary>
    public static string SampleOutput
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(SampleFolder, "bin", here.Parent!.Name, here.Name);
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PushHost.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("no folder above the tests holds PushHost.sln");
    }
}
