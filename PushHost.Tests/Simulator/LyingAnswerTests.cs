using System.Text.Json;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>Answers that no gateway should give, but proxies and outages do.</summary>
public class LyingAnswerTests
{
    [Test]
    public async Task A_page_of_a_proxy_is_HTML_with_502()
    {
        var (status, contentType, body) = await AskAsync(Fault.HtmlPage());

        Assert.That((status, contentType), Is.EqualTo((502, "text/html")));
        Assert.That(body, Does.StartWith("<html>"));
    }

    [TestCase(200)]
    [TestCase(400)]
    public async Task A_body_can_call_itself_JSON_and_not_be(int status)
    {
        var reply = await AskAsync(Fault.NotJson(status));

        Assert.That((reply.Status, reply.ContentType), Is.EqualTo((status, "application/json")));
        Assert.That(() => JsonDocument.Parse(reply.Body), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public async Task JSON_can_end_in_the_middle()
    {
        var reply = await AskAsync(Fault.TruncatedJson(400));

        Assert.That(reply.Body, Does.StartWith("{\"reason\":"));
        Assert.That(() => JsonDocument.Parse(reply.Body), Throws.InstanceOf<JsonException>());
    }

    [TestCase(302)]
    [TestCase(204)]
    [TestCase(418)]
    public async Task Any_status_can_be_answered(int status)
    {
        Assert.That((await AskAsync(Fault.Answer(status, "Odd"))).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_body_can_be_huge()
    {
        var reply = await AskAsync(Fault.HugeBody(400, bytes: 3 * 1024 * 1024));

        Assert.That(reply.Body.Length, Is.GreaterThan(3 * 1024 * 1024));
    }

    [Test]
    public async Task Headers_can_go_on_until_the_client_had_enough()
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultToken("dead", Fault.EndlessHeaders(bytes: 1024 * 1024));

        Assert.That(async () => await caller.PushAsync("dead"), Throws.InstanceOf<HttpRequestException>());
        Assert.That((int)(await caller.PushAsync("00ff")).Status, Is.EqualTo(200));
    }

    private static async Task<(int Status, string? ContentType, string Body)> AskAsync(Fault fault)
    {
        await using var simulator = await GatewaySimulator.StartAsync();
        using var caller = new ApnsCaller(simulator);
        simulator.Apns.FaultAll(fault);
        using var invoker = new HttpMessageInvoker(ApnsCaller.NewHandler(simulator));
        using var response = await invoker.SendAsync(caller.NewRequest("00ff"), CancellationToken.None);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }
}
