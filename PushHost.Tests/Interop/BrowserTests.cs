using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Interop;

/// <summary>ServiceStack's own TypeScript client in a page of another origin.</summary>
public sealed class BrowserTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Test]
    public async Task A_page_of_a_configured_origin_does_everything()
    {
        Component.Need("chromium");
        await using var pages = await PageServer.StartAsync();
        await using var host = await StartAsync(pages.Origin);
        using var scripts = await InteropScripts.CompileAsync(host, "PushHost.Tests/Interop", "page.ts");

        var report = await RunAsync(pages, pages.Origin, scripts, host);

        report.Check(host);
    }

    [Test]
    public async Task A_page_of_another_origin_is_kept_out_by_its_browser()
    {
        Component.Need("chromium");
        await using var pages = await PageServer.StartAsync();
        await using var host = await StartAsync(pages.Origin);
        using var scripts = await InteropScripts.CompileAsync(host, "PushHost.Tests/Interop", "page.ts");

        // The same server by another name is another origin.
        var report = await RunAsync(pages, pages.Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), scripts, host);

        Assert.That(report.Failures, Has.Length.EqualTo(1));
        Assert.That(host.Rows(), Does.StartWith("device=0 "));
    }

    private static Task<TestHost> StartAsync(string origin) =>
        TestHost.StartAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Cors:Origins:0"] = origin } });

    private static async Task<InteropReport> RunAsync(PageServer pages, string page, InteropScripts scripts, TestHost host)
    {
        (pages.Scripts, pages.Setting) = (scripts.Output, await InteropReport.SettingAsync(host, "aa0c", reply: false));
        using var browser = new Browser(page);
        return InteropReport.Read(await pages.Report.WaitAsync(Patience));
    }
}
