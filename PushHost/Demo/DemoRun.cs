using System.Diagnostics;
using PushHost.Serve;
using PushHost.ServiceModel;

namespace PushHost.Demo;

/// <summary>The demo: gateways in a process of their own, a host in this one, and callers that speak HTTP to it.</summary>
internal sealed class DemoRun(DemoPlan plan, DemoScreen screen, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="Commands.CommandException">The host or the gateways could not be started, or nothing moves any more.</exception>
    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        // 1. A temporary folder, the gateways, and a host that knows no others.
        using var folder = new TempFolder("pushhost-demo-");
        await using var gateways = await SimulatorProcess.StartAsync(Path.Combine(folder.Path, "credentials"), cancellationToken);
        await using var host = await DemoHost.StartAsync(folder.Path, gateways.Settings, cancellationToken);
        using var client = new DemoClient(host.Address, host.Key);
        screen.Say($"A host on {host.Address} and simulated gateways (control port http://localhost:{gateways.ControlPort}), all in {folder.Path}.");
        var started = time.GetTimestamp();

        // 2. Phones register, and a back end brings the devices it has.
        await screen.StepAsync(
            "Registering devices, each with POST /devices", plan.Single, step => client.RegisterAsync(plan, step, cancellationToken));
        if (plan.Imported > 0)
            await screen.StepAsync("Importing devices with POST /devices/import", plan.Imported, step => client.ImportAsync(plan, step, cancellationToken));
        // After the registrations: a token is dead only if the gateway learnt it later than the phone last registered.
        await gateways.MisbehaveAsync(time.GetUtcNow(), cancellationToken);

        // 3. One notification to all, and its end.
        var sending = time.GetTimestamp();
        var notification = await client.SendToAllAsync(cancellationToken);
        await screen.StepAsync("Sending to all with one POST /notifications", plan.Devices, step => WatchAsync(client, notification, step, cancellationToken));
        var sent = time.GetElapsedTime(sending);

        // 4. What happened by the host's own books, against what the gateways saw.
        var tally = await client.TallyAsync(notification, cancellationToken);
        var faults = DemoChecks.Faults(
            plan, await client.NotificationAsync(notification, cancellationToken), tally,
            await client.DevicesAsync(null, cancellationToken), await client.DevicesAsync(DeviceState.Inactive, cancellationToken),
            await gateways.StatsAsync(cancellationToken), await gateways.DoublesAsync(cancellationToken));
        return new DemoReport
        {
            Devices = plan.Devices,
            Rows = tally.Rows,
            Deactivated = await client.DevicesAsync(DeviceState.Inactive, cancellationToken),
            Sending = sent,
            Elapsed = time.GetElapsedTime(started),
            PeakMemory = Process.GetCurrentProcess().PeakWorkingSet64,
            Faults = faults,
        };
    }

    private async Task WatchAsync(DemoClient client, long id, Action<long> step, CancellationToken cancellationToken)
    {
        var (decided, moved) = (0L, time.GetTimestamp());
        while (true)
        {
            var notification = await client.NotificationAsync(id, cancellationToken);
            var now = notification.Counts.Total - notification.Counts.Pending;
            step(now);
            if (notification.CompletedAt is not null)
                return;
            if (now != decided)
                (decided, moved) = (now, time.GetTimestamp());
            else if (time.GetElapsedTime(moved) > Patience)
                throw new Commands.CommandException($"the demo stands still: {notification.Counts.Pending} devices of {notification.Counts.Total} have had no outcome for {Patience.TotalMinutes:0} minutes.");
            await Task.Delay(Glance, time, cancellationToken);
        }
    }
}
