using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace PushHost.Tests.Wire;

/// <summary>What a browser is told when a page of another origin calls.</summary>
public sealed class CorsTests
{
    private const string Page = "https://admin.example.com";
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync(map: app => app.MapGet("/bare/{status:int}", (int status) => Results.StatusCode(status)));

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("/everything")]
    [TestCase("/api/PostEverything")]
    [TestCase("/api/PostEverything[]")]
    [TestCase("/json/reply/PostEverything")]
    [TestCase("/json/oneway/PostEverything")]
    [TestCase("/things/5")]
    public async Task A_preflight_of_a_configured_origin_is_let_through_everywhere(string path)
    {
        foreach (var verb in new[] { "GET", "POST", "PUT", "PATCH", "DELETE" })
        {
            var answer = await PreflightAsync(path, Page, verb, "content-type,authorization,x-api-key,idempotency-key");

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(answer.Headers["Access-Control-Allow-Origin"], Is.EqualTo(Page));
            Assert.That(answer.Headers["Access-Control-Allow-Credentials"], Is.EqualTo("true"));
            Assert.That(answer.Headers["Access-Control-Allow-Methods"].Split(','), Does.Contain(verb));
            Assert.That(
                answer.Headers["Access-Control-Allow-Headers"].ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries),
                Is.SupersetOf(new[] { "content-type", "authorization", "x-api-key", "idempotency-key" }));
            Assert.That(answer.Headers["Access-Control-Max-Age"], Is.EqualTo("3600"));
        }
    }

    [TestCase("https://evil.example.com")]
    [TestCase("http://admin.example.com")]
    [TestCase("https://admin.example.com.evil.com")]
    [TestCase("null")]
    public async Task Another_origin_is_not(string origin)
    {
        Assert.That((await PreflightAsync("/everything", origin, "POST", "content-type")).Headers, Does.Not.ContainKey("Access-Control-Allow-Origin"));
        Assert.That((await SendAsync("GET", "/everything", origin)).Headers, Does.Not.ContainKey("Access-Control-Allow-Origin"));
    }

    [TestCase("GET", "/everything/7", 200)]
    [TestCase("GET", "/everything/x", 400)]
    [TestCase("GET", "/nowhere", 404)]
    [TestCase("PUT", "/things/5", 405)]
    [TestCase("GET", "/bare/500", 500)]
    [TestCase("GET", "/bare/401", 401)]
    [TestCase("POST", "/fail", 500)]
    public async Task Answers_can_be_read_errors_included(string verb, string path, int status)
    {
        var answer = await SendAsync(verb, path, Page);

        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(answer.Headers["Access-Control-Allow-Origin"], Is.EqualTo(Page));
        Assert.That(answer.Headers["Access-Control-Allow-Credentials"], Is.EqualTo("true"));
        Assert.That(
            answer.Headers["Access-Control-Expose-Headers"].Split(','),
            Is.SupersetOf(new[] { "Location", "Retry-After", "WWW-Authenticate", "X-AutoBatch-Completed" }));
    }

    [Test]
    public async Task Nothing_ever_sets_a_cookie()
    {
        foreach (var path in new[] { "/everything/7", "/nowhere", "/bare/401" })
            Assert.That((await SendAsync("GET", path, Page)).Headers, Does.Not.ContainKey("Set-Cookie"));
    }

    private async Task<Answer> PreflightAsync(string path, string origin, string verb, string headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", verb);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return await _host.SendAsync(request);
    }

    private async Task<Answer> SendAsync(string verb, string path, string origin)
    {
        using var request = new HttpRequestMessage(new(verb), path);
        request.Headers.Add("Origin", origin);
        return await _host.SendAsync(request);
    }
}
