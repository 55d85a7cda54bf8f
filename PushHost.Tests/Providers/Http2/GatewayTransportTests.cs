using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

internal sealed class GatewayTransportTests
{
    [Test]
    public async Task Requests_beyond_the_gateways_stream_limit_wait_and_all_are_answered()
    {
        var atOnce = 0;
        var most = 0;
        await using var gateway = await TestGateway.StartAsync(
            async context =>
            {
                var now = Interlocked.Increment(ref atOnce);
                InterlockedMax(ref most, now);
                await Task.Yield();
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                Interlocked.Decrement(ref atOnce);
            },
            streams: 5);
        await using var transport = Transport(gateway.Endpoint with { MaxConnections = 1 });

        var statuses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SendAsync(transport, gateway)));

        Assert.That(statuses, Is.All.EqualTo(200));
        Assert.That(most, Is.InRange(2, 5));
        Assert.That(gateway.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_but_one_request_goes_out_until_the_first_was_answered_well()
    {
        var first = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            arrived.Release();
            return first.Task;
        });
        await using var transport = Transport(gateway.Endpoint with { StreamsBeforeFirstSuccess = 1 });

        var answers = Enumerable.Range(0, 20).Select(_ => SendAsync(transport, gateway)).ToArray();
        await arrived.WaitAsync();
        var others = arrived.WaitAsync(TimeSpan.FromMilliseconds(300));

        Assert.That(await others, Is.False);
        first.SetResult();
        Assert.That(await Task.WhenAll(answers), Is.All.EqualTo(200));
        Assert.That(gateway.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task A_full_connection_gets_a_second_one_beside_it_and_no_more_than_allowed()
    {
        var release = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                arrived.Release();
                return release.Task;
            },
            streams: 10);
        await using var transport = Transport(gateway.Endpoint with { MaxConnections = 2 });

        var answers = Enumerable.Range(0, 40).Select(_ => SendAsync(transport, gateway)).ToArray();
        for (var count = 0; count < 20; count++)
            await arrived.WaitAsync();

        Assert.That(gateway.Requests, Is.EqualTo(20));
        release.SetResult();
        Assert.That(await Task.WhenAll(answers), Is.All.EqualTo(200));
        Assert.That(gateway.Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task A_stream_that_the_gateway_refuses_is_sent_again()
    {
        var refusals = 0;
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            if (Interlocked.Increment(ref refusals) <= 2)
                context.Features.Get<IHttpResetFeature>()!.Reset(7);
            return Task.CompletedTask;
        });
        await using var transport = Transport(gateway.Endpoint);

        Assert.That(await SendAsync(transport, gateway), Is.EqualTo(200));
        Assert.That(gateway.Requests, Is.EqualTo(3));
    }

    [Test]
    public async Task A_request_that_breaks_off_after_its_body_may_have_been_processed()
    {
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Abort();
        });
        await using var transport = Transport(gateway.Endpoint);

        var error = await ErrorAsync(transport, gateway.Endpoint.Address);

        Assert.That(error.MayHaveProcessed, Is.True);
        Assert.That(gateway.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_retired_connection_finishes_what_it_carries_and_takes_nothing_new()
    {
        var release = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            if (context.Request.Path == "/slow")
            {
                arrived.Release();
                await release.Task;
            }
        });
        await using var transport = Transport(gateway.Endpoint);
        using var quick = Request(gateway, "/");
        using var answer = await transport.SendAsync(quick, CancellationToken.None);
        var slow = SendAsync(transport, gateway, "/slow");
        await arrived.WaitAsync();

        transport.Retire(quick);

        Assert.That(await SendAsync(transport, gateway), Is.EqualTo(200));
        release.SetResult();
        Assert.That(await slow, Is.EqualTo(200));
        Assert.That(gateway.Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task A_gateway_that_is_not_there_fails_the_waiting_and_is_not_asked_again_at_once()
    {
        var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask);
        var endpoint = gateway.Endpoint;
        await gateway.DisposeAsync();
        await using var transport = Transport(endpoint);

        var errors = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ErrorAsync(transport, endpoint.Address)));
        var afterwards = await ErrorAsync(transport, endpoint.Address);

        Assert.That(errors.Select(error => error.MayHaveProcessed), Is.All.False);
        Assert.That(afterwards.MayHaveProcessed, Is.False);
        Assert.That(afterwards.NotBefore, Is.Not.Null);
        Assert.That(afterwards.Message, Does.StartWith("no connection to localhost: "));
    }

    [Test]
    public async Task A_gateway_whose_certificate_nobody_trusts_is_not_spoken_to()
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask);
        await using var transport = Transport(gateway.Endpoint with { TrustedCertificates = [] });

        var error = await ErrorAsync(transport, gateway.Endpoint.Address);

        Assert.That(error.Message, Does.Contain("TLS failed"));
        Assert.That(gateway.Requests, Is.Zero);
    }

    [Test]
    public async Task A_request_given_up_while_it_waits_for_a_stream_is_never_sent()
    {
        var release = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                arrived.Release();
                return release.Task;
            },
            streams: 1);
        await using var transport = Transport(gateway.Endpoint with { MaxConnections = 1 });
        var first = SendAsync(transport, gateway);
        await arrived.WaitAsync();
        using var giveUp = new CancellationTokenSource();
        using var request = Request(gateway, "/");
        var waiting = transport.SendAsync(request, giveUp.Token);

        await giveUp.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(((PayloadContent)request.Content!).WasWritten, Is.False);
        release.SetResult();
        Assert.That(await first, Is.EqualTo(200));
        Assert.That(gateway.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Closing_lets_what_is_in_flight_finish_and_takes_nothing_new()
    {
        var release = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            arrived.Release();
            return release.Task;
        });
        var transport = Transport(gateway.Endpoint);
        var inFlight = SendAsync(transport, gateway);
        await arrived.WaitAsync();

        var closing = transport.DisposeAsync();
        var late = await ErrorAsync(transport, gateway.Endpoint.Address);
        release.SetResult();
        await closing;

        Assert.That(await inFlight, Is.EqualTo(200));
        Assert.That(late.MayHaveProcessed, Is.False);
    }

    [Test]
    public async Task A_gateway_may_say_goodbye_twice_before_its_last_answers()
    {
        using var gateway = new ScriptedHttp2();
        await using var transport = Transport(new GatewayEndpoint { Address = gateway.Address });
        var first = StatusAsync(transport, gateway.Address);
        await gateway.AcceptAsync();
        await gateway.AnswerAsync(await gateway.NextRequestAsync());
        Assert.That(await first, Is.EqualTo(200));

        // RFC 9113 section 6.8: first that it will end, then which streams are still processed.
        var second = StatusAsync(transport, gateway.Address);
        var stream = await gateway.NextRequestAsync();
        await gateway.SayGoodbyeAsync(int.MaxValue);
        await gateway.SayGoodbyeAsync(stream);
        foreach (var ping in gateway.Pings)
            await gateway.SendAsync(ScriptedHttp2.Ping, ScriptedHttp2.Acknowledgement, 0, ping);
        await gateway.AnswerAsync(stream);

        Assert.That(await second, Is.EqualTo(200));
    }

    private static GatewayTransport Transport(GatewayEndpoint endpoint) => new(endpoint, TimeProvider.System, NullLogger.Instance);

    private static GatewayRequest Request(TestGateway gateway, string path) =>
        new(HttpMethod.Post, new Uri(gateway.Endpoint.Address, path)) { Content = new PayloadContent(Encoding.UTF8.GetBytes("{}")) };

    private static Task<int> SendAsync(GatewayTransport transport, TestGateway gateway, string path = "/") =>
        StatusAsync(transport, new Uri(gateway.Endpoint.Address, path));

    private static async Task<int> StatusAsync(GatewayTransport transport, Uri address)
    {
        using var request = new GatewayRequest(HttpMethod.Post, address) { Content = new PayloadContent(Encoding.UTF8.GetBytes("{}")) };
        using var response = await transport.SendAsync(request, CancellationToken.None);
        return (int)response.StatusCode;
    }

    private static async Task<GatewayTransportException> ErrorAsync(GatewayTransport transport, Uri address)
    {
        using var request = new GatewayRequest(HttpMethod.Post, address) { Content = new PayloadContent(Encoding.UTF8.GetBytes("{}")) };
        try
        {
            using var response = await transport.SendAsync(request, CancellationToken.None);
        }
        catch (GatewayTransportException error)
        {
            return error;
        }
        throw new AssertionException("the request was answered");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; seen < value; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
