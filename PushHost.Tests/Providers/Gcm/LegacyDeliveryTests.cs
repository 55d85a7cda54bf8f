using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Gcm;

public sealed class LegacyDeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Many_share_a_request_and_each_has_its_verdict()
    {
        await using var host = await GcmHost.LegacyAsync(("MaxRecipients", "100"));
        host.Simulator.Fcm.FaultToken("t-7", LegacyFault.Error("NotRegistered"));
        host.Simulator.Fcm.FaultToken("t-205", LegacyFault.Canonical("new-205"));

        var verdicts = await host.DeliverAsync([.. Enumerable.Range(0, 250).Select(number => $"t-{number}")]);

        Assert.Multiple(() =>
        {
            Assert.That(host.Simulator.Fcm.Stats.Requests, Is.EqualTo(3));
            Assert.That(verdicts[7], Is.EqualTo(new Unregistered("NotRegistered", null)));
            Assert.That(verdicts[205], Is.InstanceOf<Replaced>().With.Property("RegistrationId").EqualTo("new-205"));
            Assert.That(verdicts.OfType<Accepted>().Count(), Is.EqualTo(248));
        });
    }

    [Test]
    public async Task A_request_holds_one_message_and_what_is_left_of_its_life()
    {
        await using var host = await GcmHost.LegacyAsync();
        var other = host.Provider.Encode(new Rendering { Message = new PushMessage { Body = "Bonjour" } });
        var batch = new Batch
        {
            Expiry = Expiry.Until(Now.AddMinutes(1)),
            Recipients = [.. Batches.Of(host.Hello, "a", "b").Recipients, .. Batches.Of(other, "c").Recipients],
        };
        var sink = new TestSink();

        await host.Provider.DeliverAsync(batch, sink, CancellationToken.None);

        Assert.That(sink.Begun, Is.EqualTo([(0, 2), (2, 1)]));
        var bodies = host.Simulator.Fcm.Outbox.Entries.DistinctBy(entry => entry.StreamId).Select(entry => JsonNode.Parse(entry.Body.Span)!).ToArray();
        Assert.That(bodies.Select(body => body["registration_ids"]!.AsArray().Count), Is.EquivalentTo([2, 1]));
        Assert.That(bodies.Select(body => (int)body["time_to_live"]!), Has.All.EqualTo(60));
        Assert.That(bodies.Select(body => (string)body["data"]!["message"]!), Is.EquivalentTo(["Hello", "Bonjour"]));
    }

    [Test]
    public async Task A_wrong_key_is_a_rejected_credential()
    {
        await using var host = await GcmHost.LegacyAsync(("ApiKey", "wrong"));

        Assert.That(await host.DeliverAsync("a", "b"), Has.All.EqualTo(new CredentialRejected("HTTP 401")));
    }

    [Test]
    public async Task A_server_that_is_down_says_when_to_come_again()
    {
        await using var host = await GcmHost.LegacyAsync();
        host.Simulator.Fcm.FaultAll(LegacyFault.Status(503, TimeSpan.FromSeconds(120)));

        Assert.That(await host.DeliverAsync("a"), Is.EqualTo(new[] { new Unavailable("HTTP 503", Now.AddSeconds(120), VerdictScope.Gateway, true) }));
    }

    [Test]
    public async Task A_server_that_is_away_has_processed_nothing()
    {
        await using var host = await GcmHost.LegacyAsync();
        await host.StopGatewayAsync();

        Assert.That((await host.DeliverAsync("a")).Single(), Is.InstanceOf<Unavailable>().With.Property("MayHaveProcessed").False);
    }

    [Test]
    public async Task A_connection_that_breaks_off_leaves_all_unknown()
    {
        await using var host = await GcmHost.LegacyAsync();
        host.Simulator.Fcm.FaultAll(Fault.ConnectionReset());

        Assert.That(await host.DeliverAsync("a", "b"), Has.All.InstanceOf<Unknown>());
    }

    [Test]
    public async Task Silence_is_unknown_after_the_request_timeout()
    {
        await using var host = await GcmHost.LegacyAsync();
        host.Simulator.Fcm.FaultAll(Fault.NoAnswer());

        var delivery = host.DeliverAsync("a");
        await host.Simulator.Fcm.Outbox.WaitForTotalAsync(1);
        host.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await delivery).Single(), Is.EqualTo(new Unknown("no answer within 30 s")));
    }
}
