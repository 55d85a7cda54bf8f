using NUnit.Framework;
using PushHost.Demo;
using PushHost.ServiceModel;
using PushHost.Simulator;

namespace PushHost.Tests.Host;

/// <summary>The demo's made-up devices, and what it holds the outcome against.</summary>
public class DemoPlanTests
{
    [Test]
    public void However_many_devices_there_are_at_most_5_percent_are_dead_and_the_counts_are_of_the_devices()
    {
        var dead = 0;
        for (var devices = 1; devices <= 1000; devices++)
        {
            var plan = new DemoPlan(devices);
            if (plan.At(devices - 1).Fate == Fate.Dead)
                dead++;

            Assert.That(dead, Is.LessThanOrEqualTo(devices * 0.05), $"{devices} devices");
            Assert.That(plan.Count(DemoPlan.Apns, Fate.Dead) + plan.Count(DemoPlan.Gcm, Fate.Dead), Is.EqualTo(dead), $"{devices} devices");
            var all = Enum.GetValues<Fate>().Sum(fate => plan.Count(DemoPlan.Apns, fate) + plan.Count(DemoPlan.Gcm, fate));
            Assert.That(all, Is.EqualTo(devices));
        }
    }

    [Test]
    public void Every_token_is_its_device_alone_and_begins_as_its_fate_says()
    {
        var plan = new DemoPlan(10_000);
        var devices = Enumerable.Range(0, plan.Devices).Select(plan.At).ToList();

        Assert.That(devices.Select(device => (device.Provider, device.RegistrationId)), Is.Unique);
        foreach (var device in devices)
        {
            var prefix = device.Provider == DemoPlan.Apns ? DemoPlan.ApnsPrefix(device.Fate) : DemoPlan.GcmPrefix(device.Fate);
            Assert.That(device.RegistrationId, Does.StartWith(prefix));
        }
    }

    [Test]
    public void Numbers_that_add_up_have_no_fault_and_one_that_does_not_is_named()
    {
        var plan = new DemoPlan(20);
        var tally = new DemoTally();
        for (var index = 0; index < plan.Devices; index++)
        {
            var device = plan.At(index);
            var refused = device.Fate == Fate.Refused;
            tally.Add(new ServiceModel.Delivery
            {
                Provider = device.Provider,
                Outcome = refused ? DeliveryOutcome.Failed : DeliveryOutcome.Accepted,
                Reason = refused ? "DeviceTokenNotForTopic" : null,
                Attempts = device.Fate == Fate.Throttled ? 2 : 1,
            });
        }
        var notification = new Notification { Counts = new NotificationCounts { Planned = true, Total = 20, Accepted = 19, Failed = 1 } };
        var apns = Stats(9, new() { ["400 DeviceTokenNotForTopic"] = 1, ["429 TooManyRequests"] = 1 });

        var right = DemoChecks.Faults(plan, notification, tally, 20, 0, new SimulatorStats(apns, Stats(10, [])), 0);
        var lostOne = DemoChecks.Faults(plan, notification, tally, 20, 0, new SimulatorStats(apns, Stats(9, [])), 0);
        var wrongDevice = DemoChecks.Faults(plan, notification, tally, 20, 1, new SimulatorStats(apns, Stats(10, [])), 0);

        Assert.That(right, Is.Empty);
        Assert.That(lostOne, Has.Some.Contains("gcm").And.Some.Contains("accepted by the gateway"));
        Assert.That(wrongDevice, Has.One.Contains("switched off"));
    }

    private static GatewayStats Stats(long accepted, Dictionary<string, long> outcomes) =>
        new(accepted, accepted, outcomes, ConnectionsOpened: 1, ConnectionsOpen: 1, StreamsPeak: 1, StreamLimitViolations: 0, GoAwaysSent: 0, TokensIssued: 0);
}
