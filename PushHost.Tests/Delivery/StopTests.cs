using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

[OnBothDatabases]
public class StopTests
{
    [Test]
    public async Task A_stop_waits_once_for_a_gateway_that_never_answers()
    {
        var patience = TimeSpan.FromSeconds(4);
        await using var host = await TestHost.StartAsync(new TestHostOptions { Delivery = new DeliverySettings { StopTimeout = patience } });
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultAll(Fault.NoAnswer());
        await host.SendAsync("Hi", device);
        await host.Apns.Outbox.WaitForTotalAsync(1).WaitAsync(TestHost.Deadline, TimeProvider.System);

        var started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.GreaterThanOrEqualTo(patience - TimeSpan.FromMilliseconds(50)).And.LessThan(2 * patience));
    }
}
