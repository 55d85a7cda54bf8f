using PushHost.ServiceModel;
using PushHost.Simulator;

namespace PushHost.Demo;

/// <summary>Whether every number adds up: the plan, the notification's counts, its deliveries, the devices, and what the gateways counted.</summary>
internal static class DemoChecks
{
    /// <returns>A line for each number that does not; empty when all do.</returns>
    public static IReadOnlyList<string> Faults(
        DemoPlan plan, Notification notification, DemoTally tally, long devices, long inactive, SimulatorStats gateways, int doubles)
    {
        var counts = notification.Counts;
        var dead = tally.Count(DemoPlan.Apns, DeliveryOutcome.Failed, "Unregistered") + tally.Count(DemoPlan.Gcm, DeliveryOutcome.Failed, "UNREGISTERED");
        (string What, long Expected, long Actual)[] checks =
        [
            ("devices that the host holds", plan.Devices, devices),
            ("recipients", plan.Devices, counts.Total),
            ("accepted + failed", plan.Devices, counts.Accepted + counts.Failed),
            ("accepted among the deliveries", counts.Accepted, tally.Count(DeliveryOutcome.Accepted)),
            ("failed among the deliveries", counts.Failed, tally.Count(DeliveryOutcome.Failed)),
            ("devices switched off for a gateway's verdict", dead, inactive),
            ("requests that the gateways accepted twice", 0, doubles),
            .. OfGateway(plan, tally, DemoPlan.Apns, gateways.Apns, "410 Unregistered", "400 DeviceTokenNotForTopic", "429 TooManyRequests"),
            .. OfGateway(plan, tally, DemoPlan.Gcm, gateways.Fcm, "404 UNREGISTERED", "403 SENDER_ID_MISMATCH", "429 QUOTA_EXCEEDED"),
        ];
        return [.. checks.Where(check => check.Expected != check.Actual).Select(check => $"{check.What}: {check.Actual}, and should be {check.Expected}")];
    }

    private static IEnumerable<(string What, long Expected, long Actual)> OfGateway(
        DemoPlan plan, DemoTally tally, string provider, GatewayStats gateway, string dead, string refused, string throttled)
    {
        yield return ($"{provider}: accepted by the gateway", tally.Count(provider, DeliveryOutcome.Accepted), gateway.Accepted);
        yield return ($"{provider}: accepted", plan.Count(provider, Fate.Good) + plan.Count(provider, Fate.Throttled), gateway.Accepted);
        foreach (var (outcome, fate) in ((string, Fate)[])[(dead, Fate.Dead), (refused, Fate.Refused)])
        {
            yield return ($"{provider}: {outcome}", plan.Count(provider, fate), gateway.Outcomes.GetValueOrDefault(outcome));
            yield return ($"{provider}: failed with {outcome[4..]}", plan.Count(provider, fate), tally.Count(provider, DeliveryOutcome.Failed, outcome[4..]));
        }
        yield return ($"{provider}: {throttled}", plan.Count(provider, Fate.Throttled), gateway.Outcomes.GetValueOrDefault(throttled));
    }
}
