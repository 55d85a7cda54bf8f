using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Metrics;
using PushHost.ServiceInterface.Providers;
using PushHost.Simulator;
using PushHost.Tests.Support;

namespace PushHost.Tests.Metrics;

/// <summary>What operators can graph and alert on.</summary>
public class MetricsTests
{
    [Test]
    public async Task Deliveries_are_counted_by_app_provider_and_outcome()
    {
        await using var host = await TestHost.StartAsync();
        var good = await host.RegisterAsync("apns");
        var bad = await host.RegisterAsync("apns");
        var android = await host.RegisterAsync("gcm");
        host.Apns.FaultToken(bad.RegistrationId!, ApnsFault.Reason("PayloadEmpty"));
        await host.CompletedAsync(await host.SendAsync("Hi", good, bad, android));

        // Counted right after the commit that callers can see already.
        var lines = await TestHostRequests.Until(() => ScrapeAsync(host), scraped => scraped.Count(line => line.StartsWith("pushhost_deliveries_total{", StringComparison.Ordinal)) == 3);

        Assert.That(lines, Contains.Item("""pushhost_deliveries_total{app="default",provider="apns",outcome="accepted"} 1"""));
        Assert.That(lines, Contains.Item("""pushhost_deliveries_total{app="default",provider="apns",outcome="failed"} 1"""));
        Assert.That(lines, Contains.Item("""pushhost_deliveries_total{app="default",provider="gcm",outcome="accepted"} 1"""));
        Assert.That(lines, Contains.Item("""pushhost_notifications_accepted_total{app="default",lane="normal"} 1"""));
        Assert.That(lines, Contains.Item("# TYPE pushhost_deliveries_total counter"));
        Assert.That(lines, Contains.Item("""pushhost_gateway_request_duration_seconds_count{provider="apns"} 2"""));
        Assert.That(lines, Contains.Item("""pushhost_gateway_request_duration_seconds_bucket{provider="gcm",le="+Inf"} 1"""));
        Assert.That(lines, Contains.Item($$"""pushhost_gateway_connections{gateway="{{host.Simulator.Host}}:{{host.Simulator.ApnsPort}}"} 1"""));
        Assert.That(lines, Has.Some.StartsWith($$"""pushhost_gateway_streams{gateway="{{host.Simulator.Host}}:{{host.Simulator.ApnsPort}}"} """));
        Assert.That(lines, Has.Some.StartsWith("pushhost_journal_commit_duration_seconds_count ").And.Some.StartsWith("pushhost_journal_group_size_bucket{le=\"1\"} "));
    }

    [Test]
    public async Task Devices_that_a_verdict_switches_off_are_counted()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Unregistered(host.Now.AddDays(1)));
        await host.CompletedAsync(await host.SendAsync("Hi", device));

        await TestHostRequests.Until(
            () => ScrapeAsync(host), scraped => scraped.Contains("""pushhost_devices_switched_off_total{app="default",provider="apns"} 1"""));
    }

    [Test]
    public async Task What_waits_is_shown_by_lane()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)), times: 1);
        await host.RetryingAsync(await host.SendAsync("Hi", device), attempts: 1);
        await host.ChangeAsync("UPDATE batch SET due_at = @p0", host.Now.ToUnixTimeMilliseconds() - 90_000);

        var lines = await TestHostRequests.Until(
            () => ScrapeAsync(host), scraped => scraped.Contains("""pushhost_queue_age_seconds{lane="transactional"} 90"""));

        Assert.That(lines, Contains.Item("""pushhost_queue_depth{lane="transactional"} 1"""));
        Assert.That(lines, Contains.Item("""pushhost_queue_depth{lane="bulk"} 0"""));
        Assert.That(lines, Contains.Item("""pushhost_retries_total{app="default",provider="apns"} 1"""));
        Assert.That(lines, Contains.Item("pushhost_planner_backlog 0"));
        Assert.That(lines, Contains.Item("""pushhost_journal_waiting{lane="engine"} 0"""));
    }

    [Test]
    public async Task An_alarm_is_a_gauge_as_long_as_it_is_raised()
    {
        await using var host = await TestHost.StartAsync();
        var app = host.Services.GetRequiredService<AppDirectory>().Default;
        var gateway = host.Services.GetRequiredService<PushProviders>().Of(app.Id, "apns")[0];
        const string Line = """pushhost_alarms{alarm="credentialRejected",app="default",provider="apns",environment="production"} 1""";

        host.Services.GetRequiredService<Alarms>().RaisePaused(AlarmNames.CredentialRejected, gateway, "ExpiredProviderToken");
        var raised = await ScrapeAsync(host);
        host.Services.GetRequiredService<Alarms>().Clear(AlarmNames.CredentialRejected, gateway);
        var cleared = await ScrapeAsync(host);

        Assert.That(raised, Contains.Item(Line));
        Assert.That(cleared, Does.Not.Contain(Line));
    }

    [Test]
    public async Task Only_who_may_read_sees_them_unless_they_are_opened()
    {
        await using var host = await TestHost.StartAsync();
        await using var open = await TestHost.StartAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Open"] = "metrics" } });

        Assert.That((await host.GetAsync("/metrics", key: null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await host.GetAsync("/metrics", await host.KeyAsync("send"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await host.GetAsync("/metrics", await host.KeyAsync("read"))).Status, Is.EqualTo(HttpStatusCode.OK));
        var answer = await open.GetAsync("/metrics", key: null);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
    }

    [Test]
    public async Task No_token_is_in_them()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.Reason("PayloadEmpty"));
        await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(string.Join('\n', await ScrapeAsync(host)), Does.Not.Contain(device.RegistrationId));
    }

    [Test]
    public void A_label_s_value_may_be_anything_and_series_have_an_end()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var collector = new MetricsCollector(factory);
        var counter = factory.Create(PushHostMeter.Name).CreateCounter<long>("pushhost.test");
        counter.Add(1, new KeyValuePair<string, object?>("app", "a \"quoted\\\n\" one"));
        for (var i = 0; i < 3000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("app", $"app-{i}"));

        var lines = PrometheusText.Of(collector.Collect()).Split('\n');

        Assert.That(lines, Contains.Item("""pushhost_test_total{app="a \"quoted\\\n\" one"} 1"""));
        Assert.That(lines, Has.Length.LessThan(1100));
        Assert.That(lines, Contains.Item("pushhost_test_total 2001"), "what is too much is counted together");
    }

    private static async Task<string[]> ScrapeAsync(TestHost host) => (await host.GetAsync("/metrics")).Body.Split('\n');
}
