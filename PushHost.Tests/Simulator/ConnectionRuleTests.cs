using System.Net;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>Rules and faults of the HTTP/2 connection itself.</summary>
public class ConnectionRuleTests
{
    [Test]
    public async Task A_stream_above_an_announced_last_stream_is_sent_again_on_a_new_connection_and_processed_once()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("00ff");
        simulator.Apns.FaultToken("aa", Fault.GoAway("Shutdown"), times: 1);

        var reply = await caller.PushAsync("aa");

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        var entries = simulator.Apns.Outbox.Entries;
        Assert.That(entries.Select(entry => (entry.Token, entry.StreamId)), Is.EqualTo(new[] { ("00ff", 1), ("aa", 1) }));
        Assert.That(entries[1].ConnectionId, Is.Not.EqualTo(entries[0].ConnectionId));
        Assert.That(simulator.Apns.Stats.GoAwaysSent, Is.EqualTo(1));
    }

    [Test]
    public async Task A_GOAWAY_amid_many_streams_loses_none_and_doubles_none()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("ffff");
        foreach (var i in (int[])[50, 100, 150])
            simulator.Apns.FaultToken($"{i:x4}", Fault.GoAway("Shutdown"), times: 1);

        async Task<ApnsReply> PushUntilProcessedAsync(string token)
        {
            while (true)
            {
                try
                {
                    return await caller.PushAsync(token);
                }
                catch (HttpRequestException)
                {
                    // The client gives up after three refusals in a row, each of which said "not processed".
                }
            }
        }

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => PushUntilProcessedAsync($"{i:x4}")));

        Assert.That(replies.Select(reply => reply.Status), Has.All.EqualTo(HttpStatusCode.OK));
        var tokens = simulator.Apns.Outbox.Entries.Select(entry => entry.Token).Skip(1).ToList();
        Assert.That(tokens, Has.Count.EqualTo(200));
        Assert.That(tokens, Is.Unique);
    }

    [Test]
    public async Task A_stream_held_up_to_the_last_one_keeps_the_connection_open_until_it_ends()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("00ff");
        simulator.Apns.FaultToken("aa", Fault.NoAnswer());
        using var patience = new CancellationTokenSource();
        var held = caller.PushAsync("aa", patience.Token);
        await simulator.Apns.Outbox.WaitForTotalAsync(2);

        simulator.Apns.GoAway("IdleTimeout");
        var next = await caller.PushAsync("00ff");

        Assert.That(next.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(held.IsCompleted, Is.False);
        var entries = simulator.Apns.Outbox.Entries;
        Assert.That(entries[2].ConnectionId, Is.Not.EqualTo(entries[1].ConnectionId));
        await patience.CancelAsync();
        Assert.That(async () => await held, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task GOAWAY_carries_its_reason_and_last_stream_to_the_client()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        await using var client = await RawHttp2Client.ConnectAsync(simulator);
        Assert.That((await client.ReadUntilAsync(frame => frame.Type == 4)).StreamLimit, Is.EqualTo(1));

        simulator.Apns.GoAway("Shutdown", lastStreamId: 41);

        var frame = await client.ReadUntilAsync(frame => frame.Type == 7);
        Assert.That(frame.LastStreamId, Is.EqualTo(41));
        Assert.That(frame.DebugData, Is.EqualTo("""{"reason":"Shutdown"}"""));
    }

    [Test]
    public async Task One_stream_is_allowed_until_the_first_good_provider_token()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        await using var client = await RawHttp2Client.ConnectAsync(simulator);

        var first = await client.ReadUntilAsync(frame => frame.Type == 4);
        await client.PushAsync(1, ApnsCaller.ProviderToken(simulator, TimeProvider.System.GetUtcNow()));
        var lifted = await client.ReadUntilAsync(frame => frame.Type == 4 && frame.StreamLimit is not null);

        Assert.That(first.StreamLimit, Is.EqualTo(1));
        Assert.That(lifted.StreamLimit, Is.EqualTo(1000));
    }

    [Test]
    public async Task A_connection_with_the_client_certificate_starts_with_all_its_streams()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { MaxConcurrentStreams = 500 });
        await using var client = await RawHttp2Client.ConnectAsync(simulator, simulator.Credentials.ClientCertificate);

        var first = await client.ReadUntilAsync(frame => frame.Type == 4);

        Assert.That(first.StreamLimit, Is.EqualTo(500));
    }

    [Test]
    public async Task A_second_stream_above_the_acknowledged_limit_is_refused_and_counted()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        simulator.Apns.FaultToken("aa", Fault.NoAnswer());
        await using var client = await RawHttp2Client.ConnectAsync(simulator);
        await client.ReadUntilAsync(frame => frame.Type == 4);
        await client.AcknowledgeSettingsAsync();

        await client.PushAsync(1, jwt: null, endStream: false);
        await client.PushAsync(3, jwt: null);

        var reset = await client.ReadUntilAsync(frame => frame.Type == 3);
        Assert.That(reset.StreamId, Is.EqualTo(3));
        Assert.That(reset.ErrorCode, Is.EqualTo(7));
        Assert.That(simulator.Apns.Stats.StreamLimitViolations, Is.EqualTo(1));
        Assert.That(simulator.Apns.Outbox.Total, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Streams_before_the_first_acknowledgement_are_refused_only_on_demand(bool refuse)
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { RefuseEarlyStreams = refuse });
        await using var client = await RawHttp2Client.ConnectAsync(simulator);

        await client.PushAsync(1, jwt: null, endStream: false);
        await client.PushAsync(3, jwt: null);

        // HEADERS are the 403 for the missing token.
        var answer = await client.ReadUntilAsync(frame => frame.StreamId == 3);
        Assert.That(answer.Type, Is.EqualTo(refuse ? 3 : 1));
        Assert.That(simulator.Apns.Stats.StreamLimitViolations, Is.Zero);
    }

    [Test]
    public async Task Exceeding_the_limit_can_end_the_connection_with_GOAWAY()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { StreamLimitPenalty = StreamLimitPenalty.GoAway });
        await using var client = await RawHttp2Client.ConnectAsync(simulator);
        await client.ReadUntilAsync(frame => frame.Type == 4);
        await client.AcknowledgeSettingsAsync();

        await client.PushAsync(1, jwt: null, endStream: false);
        await client.PushAsync(3, jwt: null);

        var goAway = await client.ReadUntilAsync(frame => frame.Type == 7);
        Assert.That(goAway.DebugData, Is.EqualTo("""{"reason":"Maximum active streams violated"}"""));
        Assert.That(goAway.LastStreamId, Is.Zero);
    }

    [TestCase(7)]
    [TestCase(2000)]
    public async Task A_new_stream_limit_is_announced_on_open_connections_and_obeyed(int limit)
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { MaxConcurrentStreams = 100 });
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("00ff");

        simulator.Apns.MaxConcurrentStreams = limit;
        // An answer on the same connection comes after the announcement.
        await caller.PushAsync("00ff");
        simulator.Apns.FaultsByPrefix("aa", Fault.Slow(TimeSpan.FromMilliseconds(20)));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => caller.PushAsync($"aa{i:x4}")));

        var stats = simulator.Apns.Stats;
        Assert.That(stats.StreamLimitViolations, Is.Zero);
        Assert.That(stats.Accepted, Is.EqualTo(302));
        Assert.That(stats.ConnectionsOpened, Is.EqualTo(1));
        Assert.That(stats.StreamsPeak, limit == 7 ? Is.LessThanOrEqualTo(7) : Is.GreaterThan(100));
    }

    [Test]
    public async Task After_a_rejection_one_stream_is_left_until_the_next_accepted_request()
    {
        await using var simulator = await GatewaySimulator.StartAsync(new SimulatorOptions { DropStreamLimitAfterRejection = true });
        simulator.Apns.FaultToken("dead", ApnsFault.Reason("BadDeviceToken"), times: 1);
        var jwt = ApnsCaller.ProviderToken(simulator, TimeProvider.System.GetUtcNow());
        await using var client = await RawHttp2Client.ConnectAsync(simulator);

        await client.PushAsync(1, jwt, token: "dead");
        var limits = new List<int?>();
        for (var i = 0; i < 3; i++)
            limits.Add((await client.ReadUntilAsync(frame => frame.Type == 4 && frame.StreamLimit is not null)).StreamLimit);
        await client.PushAsync(3, jwt, token: "dead");
        limits.Add((await client.ReadUntilAsync(frame => frame.Type == 4 && frame.StreamLimit is not null)).StreamLimit);

        Assert.That(limits, Is.EqualTo(new int?[] { 1, 1000, 1, 1000 }));
    }

    [Test]
    public async Task Connections_can_be_reset_at_once()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        await caller.PushAsync("00ff");
        simulator.Apns.FaultToken("aa", Fault.NoAnswer());
        var held = caller.PushAsync("aa");
        await simulator.Apns.Outbox.WaitForTotalAsync(2);

        simulator.Apns.ResetConnections();

        Assert.That(async () => await held, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task APNs_speaks_nothing_but_HTTP_2()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var invoker = new HttpMessageInvoker(ApnsCaller.NewHandler(simulator));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://localhost:{simulator.ApnsPort}/3/device/00ff")
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        Assert.That(async () => await invoker.SendAsync(request, CancellationToken.None), Throws.InstanceOf<HttpRequestException>());
    }
}
