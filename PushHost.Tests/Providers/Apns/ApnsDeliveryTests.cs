using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Simulator;

namespace PushHost.Tests.Providers.Apns;

internal sealed class ApnsDeliveryTests
{
    private static readonly string[] Thousand = [.. Enumerable.Range(0, 1000).Select(SimulatedApns.Token)];

    [Test]
    public async Task A_thousand_devices_are_reached_over_one_connection_within_the_gateways_limits()
    {
        await using var apns = await SimulatedApns.StartAsync(new SimulatorOptions { MaxConcurrentStreams = 100 }, settings: ("MaxConnections", "1"));

        var sink = await apns.SendAsync(Thousand);

        Assert.That(sink.Verdicts.Where(verdict => verdict is not Accepted), Is.Empty);
        Assert.That((apns.Gateway.Stats.Accepted, apns.Gateway.Stats.ConnectionsOpened, apns.Gateway.Stats.StreamLimitViolations),
            Is.EqualTo((1000L, 1L, 0L)));
        Assert.That(apns.Gateway.Outbox.Entries.Select(entry => entry.Token), Is.EquivalentTo(Thousand));
    }

    [Test]
    public async Task The_gateway_sees_what_its_protocol_demands()
    {
        await using var apns = await SimulatedApns.StartAsync();
        var until = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var sink = await apns.SendAsync(
            new PushMessage { Title = "T", Body = "B", CollapseId = "gruß", Priority = MessagePriority.Normal }, Expiry.Until(until), SimulatedApns.Token(1));

        var entry = apns.Gateway.Outbox.Entries.Single();
        Assert.That(entry.Headers.Where(header => header.Key.StartsWith("apns-", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            KeyValuePair.Create("apns-id", ((Accepted)sink[0]).GatewayMessageId!),
            KeyValuePair.Create("apns-topic", "com.example.pushhost"),
            KeyValuePair.Create("apns-push-type", "alert"),
            KeyValuePair.Create("apns-priority", "5"),
            KeyValuePair.Create("apns-collapse-id", "gruß"),
            KeyValuePair.Create("apns-expiration", "1893456000"),
        }));
        Assert.That(Encoding.UTF8.GetString(entry.Body.Span), Is.EqualTo("""{"aps":{"alert":{"title":"T","body":"B"}}}"""));
    }

    [Test]
    public async Task Now_or_never_is_expiration_0_and_no_wish_is_no_header()
    {
        await using var apns = await SimulatedApns.StartAsync();

        await apns.SendAsync(new PushMessage { Body = "B" }, Expiry.Now, SimulatedApns.Token(1));
        await apns.SendAsync(new PushMessage { Body = "B" }, Expiry.GatewayDefault, SimulatedApns.Token(1));

        Assert.That(apns.Gateway.Outbox.Entries.Select(entry => entry.Header("apns-expiration")), Is.EqualTo(["0", null]));
    }

    [TestCase("background")]
    [TestCase("voip")]
    [TestCase("complication")]
    [TestCase("fileprovider")]
    [TestCase("location")]
    [TestCase("pushtotalk")]
    [TestCase("widgets")]
    [TestCase("controls")]
    public async Task Every_push_type_is_taken(string type)
    {
        await using var apns = await SimulatedApns.StartAsync();
        var message = new PushMessage { Overrides = JsonElement.Parse($$"""{"pushType":"{{type}}"}""") };

        var sink = await apns.SendAsync(message, Expiry.GatewayDefault, SimulatedApns.Token(1));

        Assert.That(sink[0], Is.TypeOf<Accepted>());
    }

    [Test]
    public async Task A_certificate_needs_no_token()
    {
        await using var apns = await SimulatedApns.StartAsync(withCertificate: true);

        var sink = await apns.SendAsync(Thousand);

        Assert.That(sink.Verdicts.Where(verdict => verdict is not Accepted), Is.Empty);
        Assert.That(apns.Gateway.Outbox.Entries.Select(entry => entry.Header("authorization")), Is.All.Null);
    }

    [Test]
    public async Task Verdicts_come_back_to_the_recipients_they_are_about()
    {
        await using var apns = await SimulatedApns.StartAsync();
        var since = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        apns.Gateway.FaultToken("aa", ApnsFault.Unregistered(since));
        apns.Gateway.FaultToken("bb", ApnsFault.Reason("BadDeviceToken"));
        apns.Gateway.FaultToken("cc", ApnsFault.TooManyRequests(TimeSpan.FromSeconds(5)));
        apns.Gateway.FaultToken("dd", Fault.HtmlPage());
        apns.Gateway.FaultToken("ee", Fault.HugeBody(400));
        apns.Gateway.FaultToken("ff", Fault.NotJson(200));
        apns.Gateway.FaultToken("11", Fault.TruncatedJson(410));

        var sink = await apns.SendAsync("aa", "bb", "cc", "dd", "ee", "ff", "11", "00");

        Assert.That(sink[0], Is.EqualTo(new Unregistered("Unregistered", since)));
        Assert.That(sink[1], Is.EqualTo(new TokenRejected("BadDeviceToken", "sandbox")));
        Assert.That(sink[2], Is.TypeOf<Throttled>().With.Property("Scope").EqualTo(VerdictScope.Target));
        Assert.That(sink[3], Is.TypeOf<Unavailable>().With.Property("Reason").EqualTo("HTTP 502 without a reason"));
        Assert.That(sink[4], Is.EqualTo(new MessageRejected("HTTP 400 without a reason")));
        Assert.That(sink[5], Is.TypeOf<Accepted>());
        Assert.That(sink[6], Is.EqualTo(new TokenRejected("HTTP 410 without a reason") { MayBeOurFault = true }));
        Assert.That(sink[7], Is.TypeOf<Accepted>());
    }

    [Test]
    public async Task Endless_headers_become_a_verdict_and_spare_the_others()
    {
        await using var apns = await SimulatedApns.StartAsync();
        apns.Gateway.FaultToken("aa", Fault.EndlessHeaders());

        var sink = await apns.SendAsync("aa");
        var others = await apns.SendAsync("bb", "cc");

        Assert.That(sink[0], Is.TypeOf<Unknown>());
        Assert.That(others.Verdicts, Is.All.TypeOf<Accepted>());
    }

    [Test]
    public async Task Silence_is_unknown_after_the_deadline()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var apns = await SimulatedApns.StartAsync(time: time);
        await apns.SendAsync("00");
        apns.Gateway.FaultToken("aa", Fault.NoAnswer());

        var sending = apns.SendAsync("aa");
        await apns.Gateway.Outbox.WaitForTotalAsync(2);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(sending.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await sending)[0], Is.EqualTo(new Unknown("no answer within 30 s")));
    }

    [Test]
    public async Task What_never_got_a_stream_is_known_not_to_be_sent()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var apns = await SimulatedApns.StartAsync(new SimulatorOptions { MaxConcurrentStreams = 1 }, time, settings: ("MaxConnections", "1"));
        await apns.SendAsync("00");
        apns.Gateway.FaultToken("aa", Fault.NoAnswer());

        var sending = apns.SendAsync("aa", "bb");
        await apns.Gateway.Outbox.WaitForTotalAsync(2);
        time.Advance(TimeSpan.FromSeconds(31));
        var sink = await sending;

        Assert.That(sink[0], Is.TypeOf<Unknown>());
        Assert.That(sink[1], Is.EqualTo(new Unavailable("not sent within 30 s", null, VerdictScope.Target, MayHaveProcessed: false)));
        Assert.That(apns.Gateway.Outbox.Entries.Select(entry => entry.Token), Does.Not.Contain("bb"));
    }

    [Test]
    public async Task The_host_stopping_is_no_verdict()
    {
        await using var apns = await SimulatedApns.StartAsync();
        apns.Gateway.FaultToken("aa", Fault.NoAnswer());
        using var stop = new CancellationTokenSource();
        var sink = new RecordingSink();

        var sending = apns.DeliverAsync(sink, new PushMessage { Body = "B" }, Expiry.Now, ["aa"], stop.Token);
        await apns.Gateway.Outbox.WaitForTotalAsync(1);
        await stop.CancelAsync();

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(sink.Reports, Is.Zero);
    }

    [Test]
    public async Task Nothing_begins_once_the_engine_says_no()
    {
        await using var apns = await SimulatedApns.StartAsync();
        var sink = new RecordingSink { Room = 3 };

        await apns.DeliverAsync(sink, new PushMessage { Body = "B" }, Expiry.Now, Thousand, CancellationToken.None);

        Assert.That((sink.Reports, apns.Gateway.Stats.Requests), Is.EqualTo((3, 3L)));
    }

    [Test]
    public async Task Each_recipient_is_sent_to_once_and_reported_once_though_the_gateway_says_goodbye_in_between()
    {
        await using var apns = await SimulatedApns.StartAsync();
        await apns.SendAsync("00");
        apns.Gateway.FaultToken(Thousand[300], Fault.GoAway("Shutdown"), times: 1);
        apns.Gateway.FaultToken(Thousand[700], Fault.GoAway("IdleTimeout"), times: 1);

        var sink = await apns.SendAsync(Thousand);

        Assert.That(sink.Verdicts.Where(verdict => verdict is not Accepted), Is.Empty);
        Assert.That(sink.Reports, Is.EqualTo(1000));
        Assert.That(apns.Gateway.Stats.Accepted, Is.EqualTo(1001));
    }

    [Test]
    public async Task However_often_the_gateway_says_goodbye_nothing_is_sent_twice_or_left_unknown()
    {
        await using var apns = await SimulatedApns.StartAsync();
        await apns.SendAsync("00");
        foreach (var token in Thousand.Where((_, index) => index % 100 == 50))
            apns.Gateway.FaultToken(token, Fault.GoAway("Shutdown"), times: 1);

        var sink = await apns.SendAsync(Thousand);

        // Connections that end again and again are not replaced at once: what is left then is handed back, certainly not sent.
        Assert.That(sink.Verdicts, Is.All.TypeOf<Accepted>().Or.TypeOf<Unavailable>().With.Property("MayHaveProcessed").False);
        Assert.That(apns.Gateway.Stats.Accepted - 1, Is.EqualTo(sink.Verdicts.OfType<Accepted>().Count()));
    }

    [Test]
    public async Task A_broken_connection_leaves_what_was_sent_unknown_and_the_next_batch_well()
    {
        await using var apns = await SimulatedApns.StartAsync();
        await apns.SendAsync("00");
        apns.Gateway.FaultToken("aa", Fault.ConnectionReset());

        var sink = await apns.SendAsync("aa");
        var next = await apns.SendAsync("bb");

        Assert.That(sink[0], Is.TypeOf<Unknown>());
        Assert.That(next[0], Is.TypeOf<Accepted>());
    }

    [Test]
    public async Task A_refused_stream_is_sent_again()
    {
        await using var apns = await SimulatedApns.StartAsync();
        apns.Gateway.FaultToken("aa", Fault.StreamReset(), times: 2);

        var sink = await apns.SendAsync("aa");

        Assert.That(sink[0], Is.TypeOf<Accepted>());
    }

    [Test]
    public async Task A_stream_above_a_goodbyes_last_one_is_sent_again_however_often_it_was_refused_before()
    {
        await using var apns = await SimulatedApns.StartAsync();
        await apns.SendAsync("00");
        apns.Gateway.FaultToken("aa", Fault.StreamReset(), times: 3);
        apns.Gateway.FaultToken("aa", Fault.GoAway("Shutdown", lastStreamId: 0), times: 1);

        var sink = await apns.SendAsync("aa");

        Assert.That(sink[0], Is.TypeOf<Accepted>());
    }

    [Test]
    public async Task A_stream_limit_that_shrinks_and_grows_is_obeyed()
    {
        await using var apns = await SimulatedApns.StartAsync(
            new SimulatorOptions { MaxConcurrentStreams = 500, DropStreamLimitAfterRejection = true }, settings: ("MaxConnections", "1"));
        apns.Gateway.FaultsByPrefix("dead", ApnsFault.Reason("DeviceTokenNotForTopic"));
        var tokens = Thousand.Select((token, index) => index % 50 == 0 ? $"dead{index:x4}" : token).ToArray();

        var sink = await apns.SendAsync(tokens);

        Assert.That(sink.Verdicts.OfType<Accepted>().Count(), Is.EqualTo(980));
        Assert.That(sink.Verdicts.OfType<TokenRejected>().Count(), Is.EqualTo(20));
        Assert.That(apns.Gateway.Stats.ConnectionsOpened, Is.EqualTo(1));
    }

    [Test]
    public async Task A_token_called_expired_is_renewed_on_a_new_connection_and_the_message_sent()
    {
        await using var apns = await SimulatedApns.StartAsync();
        await apns.SendAsync("00");
        apns.Gateway.FaultToken("aa", ApnsFault.Reason("ExpiredProviderToken"), times: 1);

        var sink = await apns.SendAsync("aa");

        Assert.That(sink[0], Is.TypeOf<Accepted>());
        Assert.That(apns.Gateway.Stats.ConnectionsOpened, Is.EqualTo(2));
    }

    [Test]
    public async Task A_gateway_that_calls_every_token_expired_has_refused_the_credential()
    {
        var logs = new RecordedLogs();
        await using var apns = await SimulatedApns.StartAsync(loggers: logs);
        apns.Gateway.FaultAll(ApnsFault.Reason("ExpiredProviderToken"));

        var sink = await apns.SendAsync([.. Thousand.Take(20)]);

        // A request that was under way on the first connection shows it the second token, which is one too many within 20 minutes.
        Assert.That(sink.Verdicts.Select(verdict => verdict.Reason), Is.All.AnyOf("ExpiredProviderToken", "TooManyProviderTokenUpdates"));
        Assert.That(sink.Verdicts, Has.Some.EqualTo(new CredentialRejected("ExpiredProviderToken")));
        Assert.That(sink.Verdicts, Has.All.AssignableTo<CredentialRejected>().Or.AssignableTo<Throttled>());
        Assert.That(logs.Events.Count(entry => entry.Id == 4001), Is.EqualTo(2), "tokens signed");
        Assert.That(logs.Events.Count(entry => entry.Id == 4002), Is.EqualTo(1), "warnings");
    }

    [Test]
    public async Task A_wrong_key_is_the_credentials_fault()
    {
        await using var apns = await SimulatedApns.StartAsync(settings: ("TeamId", "OTHERTEAM1"));

        var sink = await apns.SendAsync("aa", "bb");

        Assert.That(sink.Verdicts, Is.All.EqualTo(new CredentialRejected("InvalidProviderToken")));
    }

    [Test]
    public async Task A_server_that_shuts_down_is_left_for_another_at_once()
    {
        await using var apns = await SimulatedApns.StartAsync();
        await apns.SendAsync("00");
        apns.Gateway.FaultToken("aa", ApnsFault.Reason("Shutdown"), times: 1);

        var sink = await apns.SendAsync("aa");

        Assert.That(sink[0], Is.TypeOf<Accepted>());
        Assert.That(apns.Gateway.Stats.ConnectionsOpened, Is.EqualTo(2));
    }

    [Test]
    public async Task A_gateway_that_is_gone_is_unavailable_and_says_when_to_try_again()
    {
        await using var apns = await SimulatedApns.StartAsync(settings: ("Port", "1"));

        var sink = await apns.SendAsync("aa", "bb");
        var next = await apns.SendAsync("cc");

        Assert.That(sink.Verdicts, Is.All.TypeOf<Unavailable>().With.Property("MayHaveProcessed").False.And.Property("Scope").EqualTo(VerdictScope.Gateway));
        Assert.That(((Unavailable)next[0]).NotBefore, Is.Not.Null);
    }

    [Test]
    public async Task Logs_hold_neither_tokens_nor_payloads()
    {
        var logs = new RecordedLogs();
        await using var apns = await SimulatedApns.StartAsync(loggers: logs);
        apns.Gateway.FaultToken("abcdef0123", Fault.ConnectionReset());

        await apns.SendAsync(new PushMessage { Body = "a secret" }, Expiry.Now, "abcdef0123");

        Assert.That(logs.Events, Is.Not.Empty);
        Assert.That(logs.Events.Select(entry => entry.Text), Has.None.Contains("abcdef0123").And.None.Contains("secret").And.None.Contains("bearer"));
    }

    private sealed class RecordedLogs : ILoggerFactory, ILogger
    {
        private readonly List<(int Id, string Text)> _events = [];

        public (int Id, string Text)[] Events
        {
            get
            {
                lock (_events)
                    return [.. _events];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_events)
                _events.Add((eventId.Id, formatter(state, exception) + exception));
        }

        public void Dispose()
        {
        }
    }
}
