using System.Net;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Gcm;

public sealed class AddressGuardTests
{
    private static bool IsOutside(IPAddress address) => !IPAddress.IsLoopback(address);

    [Test]
    public async Task An_access_token_is_not_asked_for_where_the_guard_forbids()
    {
        await using var host = await GcmHost.FcmAsync(IsOutside);

        Assert.That((await host.DeliverAsync("t")).Single(), Is.InstanceOf<Unavailable>().With.Property("Reason").Contains("private or loopback"));
        Assert.That(host.Simulator.Fcm.Stats.ConnectionsOpened, Is.Zero);
    }

    [Test]
    public async Task A_legacy_message_is_not_posted_where_the_guard_forbids()
    {
        await using var host = await GcmHost.LegacyAsync(IsOutside);

        Assert.That((await host.DeliverAsync("t")).Single(), Is.InstanceOf<Unavailable>().With.Property("MayHaveProcessed").False);
        Assert.That(host.Simulator.Fcm.Stats.ConnectionsOpened, Is.Zero);
    }

    [Test]
    public async Task What_the_guard_allows_is_connected_to()
    {
        await using var host = await GcmHost.FcmAsync(IPAddress.IsLoopback);

        Assert.That((await host.DeliverAsync("t")).Single(), Is.InstanceOf<Accepted>());
    }

    [Test]
    public async Task A_message_is_not_sent_where_the_guard_forbids()
    {
        // Open for the access token, closed when the gateway's turn comes.
        GatewaySimulator? simulator = null;
        await using var host = await GcmHost.FcmAsync(_ => simulator!.Fcm.Stats.TokensIssued == 0);
        simulator = host.Simulator;

        Assert.That((await host.DeliverAsync("t")).Single(), Is.InstanceOf<Unavailable>().With.Property("Scope").EqualTo(VerdictScope.Gateway));
        Assert.That(host.Simulator.Fcm.Stats.TokensIssued, Is.EqualTo(1));
        Assert.That(host.Simulator.Fcm.Outbox.Total, Is.Zero);
    }
}
