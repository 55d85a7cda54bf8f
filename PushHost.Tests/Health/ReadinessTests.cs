using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Wire;

namespace PushHost.Tests.Health;

/// <summary>A load balancer hears of a host that does not do its work.</summary>
public class ReadinessTests
{
    private const string Due = "UPDATE batch SET due_at = @p0, leased = 0";

    [Test]
    public async Task A_host_whose_messages_are_due_for_too_long_is_not_ready()
    {
        await using var host = await StartWithStuckMessageAsync();

        await host.ChangeAsync(Due, host.Now.ToUnixTimeMilliseconds() - 299_000);
        var inTime = await host.GetAsync("/health/ready", key: null);
        await host.ChangeAsync(Due, host.Now.ToUnixTimeMilliseconds() - 301_000);
        var late = await host.GetAsync("/health/ready", key: null);

        Assert.That(inTime.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(Reason(late), Is.EqualTo("messages of default for apns in the lane transactional have been due for 301 s"));
    }

    [Test]
    public async Task A_gateway_that_rests_with_an_alarm_leaves_the_host_ready()
    {
        await using var host = await StartWithStuckMessageAsync();
        await host.ChangeAsync(Due, host.Now.ToUnixTimeMilliseconds() - 301_000);
        var app = host.Services.GetRequiredService<AppDirectory>().Default;
        var gateway = host.Services.GetRequiredService<PushProviders>().Of(app.Id, "apns")[0];
        var alarms = host.Services.GetRequiredService<Alarms>();

        alarms.RaisePaused(AlarmNames.CredentialRejected, gateway, "InvalidProviderToken");
        var resting = await host.GetAsync("/health/ready", key: null);
        alarms.Clear(AlarmNames.CredentialRejected, gateway);
        alarms.Raise(AlarmNames.MassDeactivation, app.Id, "apns", "notification 1");
        var awake = await host.GetAsync("/health/ready", key: null);

        Assert.That(resting.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string)JsonNode.Parse(resting.Body)!["alarms"]![0]!["name"]!, Is.EqualTo("credentialRejected"));
        Assert.That(awake.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "an alarm that pauses nothing excuses nothing");
    }

    [TestCase(Lane.Bulk, HttpStatusCode.OK)]
    [TestCase(Lane.Normal, HttpStatusCode.ServiceUnavailable)]
    public async Task A_campaign_may_take_its_time_as_long_as_it_is_in_work(Lane lane, HttpStatusCode expected)
    {
        await using var database = await TestDatabase.StartAsync();
        await database.Writer.WriteAsync(ServiceInterface.Storage.WriteLane.Caller, session =>
        {
            foreach (var (leased, dueAt) in new[] { (1, database.Now + 60_000), (0, database.Now - 600_000) })
            {
                session.Execute(
                    "INSERT INTO batch (notification, app, lane, provider, environment, done, first_device, last_device, recipients, due_at, lease_epoch, leased, "
                    + "total, accepted, failed, expired, suppressed, unknown) VALUES (1, @p0, @p1, 'test', '', 0, 1, 1, NULL, @p2, 1, @p3, 1, 0, 0, 0, 0, 0)",
                    database.App.Id, (int)lane, dueAt, leased);
            }
            return true;
        });
        var readiness = new Readiness(
            database.Database, database.Writer, new Alarms(database.Apps, database.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<Alarms>.Instance),
            database.Providers, database.Apps, new HealthSettings(), database.Time);

        Assert.That(await readiness.FaultAsync(), expected == HttpStatusCode.OK ? Is.Null : Does.Contain("600 s"));
    }

    [Test]
    public async Task A_notification_that_nobody_plans_makes_the_host_not_ready()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await database.AcceptAsync();
        await database.Writer.WriteAsync(ServiceInterface.Storage.WriteLane.Caller, session =>
            session.Execute("UPDATE notification SET state = 2, created_at = @p1 WHERE id = @p0", id, database.Now - 400_000));
        var readiness = new Readiness(
            database.Database, database.Writer, new Alarms(database.Apps, database.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<Alarms>.Instance),
            database.Providers, database.Apps, new HealthSettings(), database.Time);

        Assert.That(await readiness.FaultAsync(), Is.EqualTo("a notification has waited for 400 s to be planned"));
    }

    [Test]
    public async Task How_long_is_too_long_is_a_setting()
    {
        await using var host = await StartWithStuckMessageAsync(new Dictionary<string, string> { ["Health:OldestDue"] = "PT1H" });

        await host.ChangeAsync(Due, host.Now.ToUnixTimeMilliseconds() - 3_599_000);
        var inTime = await host.GetAsync("/health/ready", key: null);
        await host.ChangeAsync(Due, host.Now.ToUnixTimeMilliseconds() - 3_601_000);
        var late = await host.GetAsync("/health/ready", key: null);

        Assert.That(inTime.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    // The clock stands, and the engine looks only when it is rung or the clock moves.
    private static async Task<TestHost> StartWithStuckMessageAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = await TestHost.StartAsync(new TestHostOptions { FakeTime = true, Settings = settings ?? new Dictionary<string, string>() });
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(ApnsFault.TooManyRequests(TimeSpan.FromMinutes(5)));
        await host.RetryingAsync(await host.SendAsync("Hi", device), attempts: 1);
        return host;
    }

    private static string Reason(Answer answer) => (string)JsonNode.Parse(answer.Body)!["reason"]!;
}
