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

    private static TestCaseData Lie(string provider, string what, Fault fault) => new TestCaseData(provider, fault).SetArgDisplayNames(provider, what);
}
