using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.OpenApi;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class PageTests : OpenApiFixture
{
    [TestCase("/docs")]
    [TestCase("/metadata")]
    public async Task A_page_and_all_that_it_loads_comes_from_the_host_itself(string path)
    {
        var page = await Host.GetAsync(path, key: null);
        Assert.That(page.Headers["Content-Type"], Does.StartWith("text/html"));

        Assert.That(page.Body, Does.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("src=\"//").And.Not.Contain("@import"));
        foreach (var address in Addresses().Matches(page.Body).Select(match => match.Groups[1].Value).Where(address => address[0] is not '#' && !address.StartsWith("data:", StringComparison.Ordinal)))
            Assert.That((int)(await Host.GetAsync("/" + address, key: null)).Status, Is.EqualTo(200), address);
    }

    [Test]
    public async Task The_browser_is_told_to_load_nothing_from_elsewhere()
    {
        var policy = (await Host.GetAsync("/docs", key: null)).Headers["Content-Security-Policy"];

        Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("script-src 'self';").And.Contain("connect-src 'self'").And.Not.Contain("http"));
    }

    [Test]
    public async Task Styles_fetch_nothing_that_they_do_not_carry()
    {
        var css = (await Host.GetAsync("/docs/swagger-ui.css", key: null)).Body;

        Assert.That(Urls().Matches(css).Select(match => match.Groups[1].Value), Is.All.StartsWith("data:"));
        Assert.That(css, Does.Not.Contain("@import"));
    }

    [TestCase("/swagger-ui")]
    [TestCase("/docs/")]
    [TestCase("/swagger-ui/")]
    public async Task Another_name_of_the_page_leads_to_it(string path)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Client.BaseAddress };
        using var answer = await client.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo("/docs"));
    }

    [Test]
    public async Task The_metadata_page_shows_every_operation_with_a_request_and_an_answer()
    {
        var page = WebUtility.HtmlDecode((await Host.GetAsync("/metadata", key: null)).Body);

        foreach (var operation in Host.Services.GetRequiredService<OperationTable>().All)
        {
            var section = page[page.IndexOf($"<section id=\"{operation.Name}\"", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("</section>", StringComparison.Ordinal)];
            Assert.That(section, Does.Contain(operation.Routes[0].Template).And.Contain("<pre>").And.Contain("<h4>Answer").And.Contain(operation.Scopes![0]), operation.Name);
        }
        Assert.That(page, Does.Contain("GET /device/apns/3f2a9c0d77e1").And.Contain("<b>required</b>"));
        Assert.That(page, Does.Not.Contain("`"));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"url\([""']?([^)""']+)")]
    private static partial Regex Urls();
}
