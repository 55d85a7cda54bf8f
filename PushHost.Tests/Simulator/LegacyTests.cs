using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

public class LegacyTests
{
    [TestCase("/gcm/send")]
    [TestCase("/fcm/send")]
    public async Task Each_recipient_has_its_result_in_its_place(string path)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);
        simulator.Fcm.FaultToken("gone", LegacyFault.Error("NotRegistered"));
        simulator.Fcm.FaultToken("old", LegacyFault.Canonical("new"));
        simulator.Fcm.FaultToken("busy", FcmFault.Unavailable());

        var reply = await caller.SendLegacyAsync(new { registration_ids = new[] { "gone", "good", "old", "busy" }, data = new { a = "b" } }, path);

        var results = reply.Body!["results"]!.AsArray();
        Assert.That((string?)results[0]!["error"], Is.EqualTo("NotRegistered"));
        Assert.That((string?)results[1]!["message_id"], Is.Not.Empty);
        Assert.That((string?)results[2]!["registration_id"], Is.EqualTo("new"));
        Assert.That((string?)results[2]!["message_id"], Is.Not.Empty);
        Assert.That((string?)results[3]!["error"], Is.EqualTo("Unavailable"));
        Assert.That(Numbers(reply), Is.EqualTo((2, 2, 1)));
        Assert.That(simulator.Fcm.Outbox.Entries.Select(entry => (entry.Gateway, entry.Token, entry.Outcome.Reason)), Is.EqualTo(new[]
        {
            ("gcm", "gone", "NotRegistered"), ("gcm", "good", ""), ("gcm", "old", ""), ("gcm", "busy", "Unavailable"),
        }));
        var stats = simulator.Fcm.Stats;
        Assert.That((stats.Requests, stats.Accepted), Is.EqualTo((1, 2)));
    }

    [TestCase(1000, 200)]
    [TestCase(1001, 400)]
    [TestCase(0, 400)]
    public async Task A_request_has_1_to_1000_recipients(int recipients, int status)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.SendLegacyAsync(new { registration_ids = Enumerable.Range(0, recipients).Select(i => $"t{i}") });

        Assert.That(reply.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_wrong_key_is_unauthorized()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        Assert.That((await caller.SendLegacyAsync(new { to = "a" }, key: "wrong")).Status, Is.EqualTo(401));
    }

    [TestCase("{\"to\":")]
    [TestCase("[]")]
    [TestCase("""{"to":"a","registration_ids":["b"]}""")]
    [TestCase("""{"to":"a","data":{"n":1}}""")]
    [TestCase("""{"to":"a","time_to_live":"600"}""")]
    [TestCase("""{"to":"a","priority":"10"}""")]
    [TestCase("""{"registration_ids":"a"}""")]
    [TestCase("""{"to":"a","dry_run":"true"}""")]
    public async Task A_malformed_request_is_400_with_a_text(string body)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.SendLegacyAsync(body);

        Assert.That(reply.Status, Is.EqualTo(400));
        Assert.That(reply.Body, Is.Null);
        Assert.That(reply.Text, Is.Not.Empty);
    }

    [TestCase("""{"to":"a","time_to_live":2419200}""", null)]
    [TestCase("""{"to":"a","time_to_live":2419201}""", "InvalidTtl")]
    [TestCase("""{"to":"a","time_to_live":-1}""", "InvalidTtl")]
    [TestCase("""{"to":"a","data":{"from":"x"}}""", "InvalidDataKey")]
    [TestCase("""{"to":"a","data":{"google.x":"x"}}""", "InvalidDataKey")]
    [TestCase("""{"data":{"a":"x"}}""", "MissingRegistration")]
    public async Task An_error_of_the_message_is_every_recipients_result(string body, string? error)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.SendLegacyAsync(body);

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That((string?)reply.Body!["results"]![0]!["error"], Is.EqualTo(error));
    }

    [TestCase(4096, null)]
    [TestCase(4097, "MessageTooBig")]
    public async Task Data_has_at_most_4096_bytes(int bytes, string? error)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.SendLegacyAsync(new { to = "a", data = new { k = new string('x', bytes - 1) } });

        Assert.That((string?)reply.Body!["results"]![0]!["error"], Is.EqualTo(error));
    }

    [Test]
    public async Task An_outage_is_503_with_Retry_After()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);
        simulator.Fcm.FaultAll(LegacyFault.Status(503, TimeSpan.FromSeconds(12)), times: 1);

        var reply = await caller.SendLegacyAsync(new { to = "a" });

        Assert.That((reply.Status, reply.RetryAfter), Is.EqualTo((503, (TimeSpan?)TimeSpan.FromSeconds(12))));
        Assert.That((await caller.SendLegacyAsync(new { to = "a" })).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_dry_run_answers_and_delivers_nothing()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.SendLegacyAsync(new { to = "a", dry_run = true });

        Assert.That(Numbers(reply), Is.EqualTo((1, 0, 0)));
        Assert.That(simulator.Fcm.Outbox.Total, Is.Zero);
    }

    [Test]
    public async Task A_topic_is_answered_with_one_message_id()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new FcmCaller(simulator);

        var reply = await caller.SendLegacyAsync(new { to = "/topics/news" });

        Assert.That(reply.Body!["message_id"], Is.Not.Null);
        Assert.That(reply.Body!["results"], Is.Null);
    }

    private static (int Success, int Failure, int CanonicalIds) Numbers(FcmReply reply) =>
        ((int)reply.Body!["success"]!, (int)reply.Body!["failure"]!, (int)reply.Body!["canonical_ids"]!);
}
