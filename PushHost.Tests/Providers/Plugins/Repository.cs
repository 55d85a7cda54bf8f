namespace PushHost.Tests.Providers.Plugins;

/// <summary>Where the sources are, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string SampleFolder => Path.Combine(Root, "samples", "PushHost.Providers.Sample");

    public static string SampleOutput => OutputOf(SampleFolder);

    /// <summary>The configuration that the tests were built in, such as <c>Debug</c>.</summary>
    public static string Configuration => Here.Parent!.Name;

    // The last two parts of it are configuration and framework.
    private static DirectoryInfo Here => new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Where a project's output is, which is built like the tests.</summary>
    /// <param name="project">Its folder below the root.</param>
    public static string OutputOf(string project) => Path.Combine(Root, project, "bin", Configuration, Here.Name);

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
