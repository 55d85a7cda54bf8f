using System.Net;
using NUnit.Framework;

namespace PushHost.Tests.Wire;

public sealed class RoutesTests
{
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("POST", "/everything")]
    [TestCase("POST", "/api/PostEverything")]
    [TestCase("POST", "/json/reply/PostEverything")]
    [TestCase("POST", "/API/posteverything")]
    [TestCase("POST", "/api/GetEverything")]
    [TestCase("POST", "/json/reply/GetEverything")]
    public async Task One_operation_answers_at_its_route_and_by_its_name(string verb, string path)
    {
        var answer = await _host.SendAsync(verb, path, """{"Id":7,"name":"n"}""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(answer.Body, Is.EqualTo("""{"id":7,"name":"n","flag2":false}"""));
    }

    [TestCase("/everything?id=7")]
    [TestCase("/everything/7")]
    [TestCase("/everything/7?id=8")]
    [TestCase("/api/GetEverything?Id=7")]
    [TestCase("/json/reply/GetEverything?ID=7")]
    public async Task A_get_binds_path_and_query(string path)
    {
        Assert.That((await _host.GetAsync(path))["id"], Is.EqualTo("7"));
    }

    [TestCase("GET", "GET x")]
    [TestCase("POST", "POST x")]
    [TestCase("PUT", "PUT x")]
    [TestCase("PATCH", "PATCH x")]
    [TestCase("DELETE", "DELETE x")]
    public async Task An_operation_for_any_verb_takes_every_verb_everywhere(string verb, string expected)
    {
        foreach (var path in new[] { "/anything?name=x", "/api/Anything?name=x", "/json/reply/Anything?name=x" })
            Assert.That((await _host.SendAsync(verb, path))["value"], Is.EqualTo(expected));
    }

    [Test]
    public async Task The_path_wins_over_the_body_and_the_body_over_the_query()
    {
        Assert.That((await _host.SendAsync("PATCH", "/things/5", """{"Id":6,"Name":"n"}"""))["value"], Is.EqualTo("5 n"));
        Assert.That((await _host.PostAsync("/everything?name=query&tags=q", """{"NAME":"body"}""")).Body, Is.EqualTo("""{"id":0,"name":"body","flag2":false,"tags":["q"]}"""));
    }

    [TestCase("/files/a%2Fb%20c.txt", "a/b c.txt")]
    [TestCase("/files/a/b%20c.txt", "a/b c.txt")]
    [TestCase("/files/a%252Fb", "a%2Fb")]
    [TestCase("/files/x?path=y&name=z", "x")]
    public async Task A_wildcard_takes_the_rest_of_the_path_decoded(string path, string expected)
    {
        Assert.That((await _host.GetAsync(path))["value"], Is.EqualTo(expected));
        Assert.That((await _host.SendAsync("PUT", path))["value"], Is.EqualTo(expected));
    }

    [TestCase("/in/a", "all in a")]
    [TestCase("/in/a/", "all in a")]
    [TestCase("/in/a/b", "b in a")]
    [TestCase("/in/a/b:c%2Fd/e", "b:c/d/e in a")]
    [TestCase("/IN/A/B", "B in A")]
    public async Task A_wildcard_leaves_the_path_above_it_to_others(string path, string expected)
    {
        Assert.That((await _host.GetAsync(path))["value"], Is.EqualTo(expected));
    }

    [Test]
    public async Task A_placeholder_is_decoded()
    {
        Assert.That((await _host.GetAsync("/hi/W%20W%2Fx"))["value"], Is.EqualTo("W W/x"));
        Assert.That((await _host.GetAsync("/hi/100%25%2B1"))["value"], Is.EqualTo("100%+1"));
    }

    [Test]
    public async Task Nothing_to_say_is_204()
    {
        var answer = await _host.SendAsync("DELETE", "/things/5");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Body, Is.Empty);
    }

    [Test]
    public async Task A_service_may_answer_201_and_set_headers()
    {
        var answer = await _host.PostAsync("/created", "");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(answer.Headers["X-Route"], Is.EqualTo("/created"));
    }

    [Test]
    public async Task Text_and_bytes_travel_raw()
    {
        Assert.That((await _host.GetAsync("/raw")).Body, Is.EqualTo("plain"));
        Assert.That(await _host.Client.GetByteArrayAsync("/bytes"), Is.EqualTo(new byte[] { 1, 2, 255 }));
    }
}
