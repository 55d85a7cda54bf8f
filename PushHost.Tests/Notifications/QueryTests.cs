using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;
using PushHost.Wire;

namespace PushHost.Tests.Notifications;

/// <summary>Reading back what was sent and what became of it.</summary>
[OnBothDatabases]
public class QueryTests
{
    [Test]
    public async Task Deliveries_are_paged_by_device_the_pending_ones_included()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var devices = new List<long>();
        for (var i = 0; i < 5; i++)
            devices.Add((await host.RegisterAsync(i % 2 == 0 ? "apns" : "gcm")).Id);
        host.Apns.FaultAll(Fault.NoAnswer());
        var sent = await host.SendAsync(new { to = new { ids = devices }, message = new { body = "Hi" } });
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Accepted == 2);

        var seen = new List<ServiceModel.Delivery>();
        for (var page = await host.DeliveriesAsync(sent, "take=2"); page.Count > 0; page = await host.DeliveriesAsync(sent, $"take=2&after={seen[^1].Device}"))
            seen.AddRange(page);

        Assert.That(seen.Select(delivery => delivery.Device), Is.EqualTo(devices));
        Assert.That(seen.Select(delivery => delivery.Outcome), Is.EqualTo(new[]
        {
            DeliveryOutcome.Pending, DeliveryOutcome.Accepted, DeliveryOutcome.Pending, DeliveryOutcome.Accepted, DeliveryOutcome.Pending,
        }));
        Assert.That((await host.DeliveriesAsync(sent, "outcome=pending")).Select(delivery => delivery.Provider), Is.EqualTo(new[] { "apns", "apns", "apns" }));
        Assert.That(await host.DeliveriesAsync(sent, "outcome=accepted"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_page_of_deliveries_has_no_gap_while_they_are_decided()
    {
        // Slow enough that many pages are read while verdicts are recorded.
        await using var host = await TestHost.StartAsync(new TestHostOptions { Delivery = new DeliverySettings { MaxInFlight = 20 } });
        host.Apns.FaultAll(Fault.Slow(TimeSpan.FromMilliseconds(10)));
        var devices = await host.RegisterManyAsync("apns", 3000);
        var sent = await host.SendAsync(new { to = new { all = true }, message = new { body = "Hi" } });
        await TestHostRequests.Until(() => host.NotificationAsync(sent.Id), notification => notification.Counts.Planned);

        var expected = devices.Take(1000).Select(device => device.Id).ToList();
        for (var state = NotificationState.Sending; state != NotificationState.Completed; state = (await host.NotificationAsync(sent.Id)).State)
            Assert.That((await host.DeliveriesAsync(sent)).Select(delivery => delivery.Device), Is.EqualTo(expected));
    }

    [Test]
    public async Task Deliveries_filter_by_the_gateway_s_own_word_and_count()
    {
        await using var host = await TestHost.StartAsync();
        var bad = await host.RegisterAsync("apns");
        var good = await host.RegisterAsync("apns");
        host.Apns.FaultToken(bad.RegistrationId!, ApnsFault.Reason("BadDeviceToken"));
        var sent = await host.CompletedAsync(await host.SendAsync("Hi", bad, good));

        var page = (await host.GetAsync($"/notifications/{sent.Id}/deliveries?reason=BadDeviceToken&include=total")).As<QueryResponse<ServiceModel.Delivery>>();

        Assert.That(page.Total, Is.EqualTo(1));
        Assert.That(page.Results.Single(), Has.Property("Device").EqualTo(bad.Id).And.Property("Outcome").EqualTo(DeliveryOutcome.Failed));
    }

    [Test]
    public async Task A_device_s_deliveries_come_the_newest_first()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        var other = await host.RegisterAsync("apns");
        var ids = new List<long>();
        for (var i = 0; i < 3; i++)
            ids.Insert(0, (await host.CompletedAsync(await host.SendAsync($"{i}", device, other))).Id);

        var all = (await host.GetAsync($"/devices/{device.Id}/deliveries?include=total")).As<QueryResponse<ServiceModel.Delivery>>();
        var behind = (await host.GetAsync($"/devices/{device.Id}/deliveries?after={ids[0]}&take=1")).As<QueryResponse<ServiceModel.Delivery>>();

        Assert.That(all.Results.Select(delivery => delivery.NotificationId), Is.EqualTo(ids));
        Assert.That(all.Total, Is.EqualTo(3));
        Assert.That(behind.Results.Single().NotificationId, Is.EqualTo(ids[1]));
    }

    [Test]
    public async Task Notifications_are_listed_by_state_and_time()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var device = await host.RegisterAsync("apns");
        var first = await host.CompletedAsync(await host.SendAsync("one", device));
        host.Advance(TimeSpan.FromMinutes(1));
        host.Apns.FaultAll(Fault.NoAnswer());
        var second = await host.SendAsync("two", device);

        Assert.That(await Ids(host, ""), Is.EqualTo(new[] { second.Id, first.Id }));
        Assert.That(await Ids(host, "orderBy=id"), Is.EqualTo(new[] { first.Id, second.Id }));
        Assert.That(await Ids(host, "state=completed"), Is.EqualTo(new[] { first.Id }));
        Assert.That(await Ids(host, "state=sending"), Is.EqualTo(new[] { second.Id }));
        Assert.That(await Ids(host, $"createdAfter={Uri.EscapeDataString(second.CreatedAt.ToString("O"))}"), Is.EqualTo(new[] { second.Id }));
        Assert.That(await Ids(host, $"createdBefore={Uri.EscapeDataString(second.CreatedAt.ToString("O"))}"), Is.EqualTo(new[] { first.Id }));
        Assert.That(await Ids(host, $"after={second.Id}&take=1"), Is.EqualTo(new[] { first.Id }));
    }

    [TestCase("/providers")]
    [TestCase("/notifications/1/deliveries")]
    [TestCase("/notifications/1/verdicts")]
    public async Task A_list_of_one_order_refuses_to_be_asked_for_another_either_way(string path)
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((await host.GetAsync($"{path}?orderBy=id")).Fields, Is.EqualTo(new[] { "UnknownValue orderBy" }));
        Assert.That((await host.GetAsync($"{path}?orderByDesc=id")).Fields, Is.EqualTo(new[] { "UnknownValue orderBy" }));
    }

    private static async Task<IEnumerable<long>> Ids(TestHost host, string query) =>
        (await host.GetAsync($"/notifications?{query}")).As<QueryResponse<Notification>>().Results.Select(notification => notification.Id);
}
