using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>Whatever a gateway answers becomes a verdict with its reason, not an exception in a log.</summary>
[OnBothDatabases]
public class LyingGatewayTests
{
    private static IEnumerable<TestCaseData> Lies()
    {
        foreach (var provider in new[] { "apns", "gcm" })
        {
            yield return Lie(provider, "an HTML page", Fault.HtmlPage());
            yield return Lie(provider, "no JSON with 400", Fault.NotJson(400));
            yield return Lie(provider, "no JSON with 500", Fault.NotJson(500));
            yield return Lie(provider, "half an answer", Fault.TruncatedJson(400));
            yield return Lie(provider, "half a 410", Fault.TruncatedJson(410));
            yield return Lie(provider, "a status that there is not", Fault.Answer(299, "Odd", "{}", "application/json"));
            yield return Lie(provider, "a redirect", Fault.Answer(302, "Moved"));
            yield return Lie(provider, "a huge body", Fault.HugeBody(400, 8 * 1024 * 1024));
            yield return Lie(provider, "endless headers", Fault.EndlessHeaders());
            yield return Lie(provider, "a reset connection", Fault.ConnectionReset());
            yield return Lie(provider, "a reset stream", Fault.StreamReset(2));
        }
        yield return Lie("gcm", "a 200 without a name", Fault.NotJson(200));
        yield return Lie("gcm", "a 200 with half a name", Fault.TruncatedJson(200));
    }

    [TestCaseSource(nameof(Lies))]
    public async Task A_lie_is_a_verdict(string provider, Fault fault)
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync(provider);
        Gateway gateway = provider == "apns" ? host.Apns : host.Fcm;
        gateway.FaultToken(device.RegistrationId!, fault);

        var sent = await host.CompletedAsync(await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, ttl = "PT0S" }));

        var delivery = await host.DeliveryAsync(sent);
        Assert.That(delivery.Outcome, Is.AnyOf(DeliveryOutcome.Failed, DeliveryOutcome.Expired, DeliveryOutcome.Unknown));
        Assert.That(delivery.Reason, Is.Not.Empty.And.Length.LessThanOrEqualTo(200));
        Assert.That((await host.DeviceAsync(device.Id)).IsActive, Is.True);
        Assert.That(host.Log.Lines.Where(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error), Is.Empty);
    }

    [Test]
    public async Task A_word_of_control_characters_is_kept_without_them()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, LegacyFault.Error("No\0such\r\nword\u001b[31m"));

        var sent = await host.CompletedAsync(await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, ttl = "PT0S" }));

        Assert.That((await host.DeliveryAsync(sent)).Reason, Is.EqualTo("No?such??word?[31m"));
        Assert.That(host.Fcm.Outbox.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_message_id_of_control_characters_is_kept_without_them()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, Fault.Answer(200, "Odd", """{"name":"a\u0000b"}""", "application/json"));

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(await host.DeliveryAsync(sent), Has.Property("GatewayMessageId").EqualTo("a?b").And.Property("Outcome").EqualTo(DeliveryOutcome.Accepted));
    }

    [TestCase("\0\n")]
    [TestCase("no token")]
    public async Task Nonsense_in_place_of_a_new_token_leaves_the_phone_its_own(string nonsense)
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { LegacyGcm = true });
        var device = await host.RegisterAsync("gcm");
        host.Fcm.FaultToken(device.RegistrationId!, LegacyFault.Canonical(nonsense));

        var sent = await host.CompletedAsync(await host.SendAsync("Hi", device));

        Assert.That(sent.Counts.Accepted, Is.EqualTo(1));
        Assert.That(await host.DeviceAsync(device.Id), Has.Property("RegistrationId").EqualTo(device.RegistrationId).And.Property("IsActive").True);
    }

    private static TestCaseData Lie(string provider, string what, Fault fault) => new TestCaseData(provider, fault).SetArgDisplayNames(provider, what);
}
