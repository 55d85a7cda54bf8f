using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Health;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Security;

/// <summary>A key that is bound to an app never reaches another's things, and learns nothing of them.</summary>
[OnBothDatabases]
public class BoundKeyTests
{
    [Test]
    public async Task A_key_for_an_app_that_was_made_after_the_start_opens_no_other_app()
    {
        await using var host = await TestHost.StartAsync();
        await host.RegisterAsync("apns");
        await host.ChangeAsync("INSERT INTO app (name, created_at) VALUES ('later', 0)");
        var key = await host.BoundKeyAsync(host.Number("SELECT id FROM app WHERE name = 'later'"), "admin");

        foreach (var path in new[] { "/devices", "/devices?appId=default", "/devices?appId=later", "/notifications", "/devices/1", "/devices/export" })
        {
            var answer = await host.GetAsync(path, key);

            Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "Forbidden")), path);
        }
        Assert.That((await host.PostAsync("/notifications", """{"to":{"all":true},"message":{"body":"a"}}""", key)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Whether_another_app_exists_is_not_told()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { SecondApp = "second" });
        var key = await KeyOfDefaultAsync(host, "devices");

        var taken = await host.GetAsync("/devices?appId=second", key);
        var free = await host.GetAsync("/devices?appId=no-such", key);

        Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(free.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(free.Body, Is.EqualTo(taken.Body.Replace("second", "no-such", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Metrics_of_another_app_are_not_shown()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { SecondApp = "second" });
        await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await host.SendAsync(new { appId = "second", to = new { all = true }, message = new { body = "Hi" } });

        var all = await host.GetAsync("/metrics");
        var own = await host.GetAsync("/metrics", await KeyOfDefaultAsync(host, "read"));

        Assert.That(all.Body, Does.Contain("""{app="default",lane="bulk"} 1""").And.Contain("""{app="second",lane="bulk"} 1"""));
        Assert.That(own.Body, Does.Contain("""{app="default",lane="bulk"} 1""").And.Not.Contain("app=\"second"));
        Assert.That(all.Body, Does.Match("(?m)^pushhost_queue_depth"));
        Assert.That(Samples(own.Body), Is.Not.Empty.And.All.Contains("app=\"default\""), "what is counted for all apps tells of the others");
    }

    [Test]
    public async Task Health_names_another_app_only_to_who_may_read_it()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { SecondApp = "second" });
        var apps = host.Services.GetRequiredService<AppDirectory>();
        var second = apps.Named("second")!.Id;
        host.Services.GetRequiredService<Alarms>().Raise(AlarmNames.MassDeactivation, second, "apns", "held");

        foreach (var key in (string?[])[null, "ph_unknown", await KeyOfDefaultAsync(host, "read"), await host.BoundKeyAsync(second, "send"), await host.KeyAsync("register")])
            Assert.That((await host.GetAsync("/health/ready", key)).Body, Does.Contain("massDeactivation").And.Not.Contain("second"), key);
        foreach (var key in (string[])[await host.BoundKeyAsync(second, "read"), await host.KeyAsync("read"), TestHost.AdminKey])
            Assert.That((await host.GetAsync("/health/ready", key)).Body, Does.Contain("\"app\":\"second\""));
    }

    private static IEnumerable<string> Samples(string metrics) => metrics.Split('\n').Where(line => line.Length > 0 && line[0] != '#');

    private static Task<string> KeyOfDefaultAsync(TestHost host, string scope) =>
        host.BoundKeyAsync(host.Services.GetRequiredService<AppDirectory>().Default.Id, scope);
}
