using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Providers;
using PushHost.Tests.Support;

namespace PushHost.Tests.Health;

/// <summary>What an operator has to know stands in the log once and in the health check as long as it lasts.</summary>
public class AlarmsTests
{
    [Test]
    public async Task An_alarm_is_shown_from_its_first_moment_to_its_end_and_told_once()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var (alarms, gateway) = Parts(host);
        var since = host.Now;
        alarms.RaisePaused(AlarmNames.CredentialRejected, gateway, "InvalidProviderToken");
        host.Advance(TimeSpan.FromMinutes(3));
        alarms.RaisePaused(AlarmNames.CredentialRejected, gateway, "ExpiredProviderToken");

        var shown = (await ShownAsync(host)).Single()!;
        var paused = alarms.Pauses(gateway);
        alarms.Clear(AlarmNames.CredentialRejected, gateway);
        alarms.Clear(AlarmNames.CredentialRejected, gateway);

        Assert.That((string)shown["name"]!, Is.EqualTo("credentialRejected"));
        Assert.That((string)shown["app"]!, Is.EqualTo("default"));
        Assert.That((string)shown["provider"]!, Is.EqualTo("apns"));
        Assert.That((string)shown["environment"]!, Is.EqualTo("production"));
        Assert.That((string)shown["reason"]!, Is.EqualTo("ExpiredProviderToken"));
        Assert.That((string)shown["since"]!, Is.EqualTo(since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ")));
        Assert.That(paused, Is.True);
        Assert.That(alarms.Pauses(gateway), Is.False);
        Assert.That(await ShownAsync(host), Is.Empty);
        Assert.That(host.Log.Lines.Select(line => line.Text), Is.EqualTo(new[]
        {
            "Alarm credentialRejected for default apns production: InvalidProviderToken",
            "Alarm credentialRejected for default apns production is over after 180 s",
        }));
    }

    [Test]
    public async Task Alarms_about_different_gateways_and_of_different_names_stand_beside_each_other()
    {
        await using var host = await TestHost.StartAsync();
        var (alarms, gateway) = Parts(host);
        var other = host.Services.GetRequiredService<PushProviders>().Of(gateway.App, "gcm")[0];
        alarms.RaisePaused(AlarmNames.CredentialRejected, gateway, "InvalidProviderToken");
        alarms.RaisePaused(AlarmNames.GatewayUnavailable, other, "no connection");
        alarms.Raise(AlarmNames.MassDeactivation, gateway.App, "apns", "notification 7 would switch off 80 of 100");

        alarms.Clear(AlarmNames.GatewayUnavailable, gateway);
        alarms.Clear(AlarmNames.CredentialRejected, gateway);

        Assert.That((await ShownAsync(host)).Select(alarm => (string)alarm!["name"]!), Is.EquivalentTo(new[] { "gatewayUnavailable", "massDeactivation" }));
        Assert.That((await ShownAsync(host)).Select(alarm => alarm!.AsObject().ContainsKey("environment")), Is.EquivalentTo(new[] { false, false }), "what there is none of is absent");
        Assert.That(alarms.Pauses(gateway), Is.False, "an alarm about tokens stops no message");
        Assert.That(alarms.Pauses(other), Is.True);
    }

    private static (Alarms Alarms, Gateway Gateway) Parts(TestHost host)
    {
        var app = host.Services.GetRequiredService<AppDirectory>().Default;
        return (host.Services.GetRequiredService<Alarms>(), host.Services.GetRequiredService<PushProviders>().Of(app.Id, "apns")[0]);
    }

    private static async Task<JsonArray> ShownAsync(TestHost host) =>
        JsonNode.Parse((await host.GetAsync("/health/ready", key: null)).Body)!["alarms"]!.AsArray();
}
