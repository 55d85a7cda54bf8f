using System.Net;
using NUnit.Framework;

namespace PushHost.Tests.Wire;

/// <summary>The other ways of asking for the same thing.</summary>
public sealed class SpellingTests
{
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("GET", "/everything/7?name=n", "")]
    [TestCase("PATCH", "/things/5", """{"name":"n"}""")]
    [TestCase("PUT", "/files/a", "{}")]
    [TestCase("delete", "/things/5", "")]
    [TestCase("POST", "/everything", "{}")]
    [TestCase("PATCH", "/api/PatchThing?id=5", """{"name":"n"}""")]
    public async Task A_post_may_stand_for_another_verb(string verb, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("X-Http-Method-Override", verb);
        var overridden = await _host.SendAsync(request);

        var plain = await _host.SendAsync(verb, path, body.Length > 0 ? body : null);
        Assert.That((int)overridden.Status, Is.LessThan(300));
        Assert.That((overridden.Status, overridden.Body), Is.EqualTo((plain.Status, plain.Body)));
    }

    [TestCase("BREW")]
    [TestCase("")]
    public async Task A_verb_that_is_none_is_refused(string verb)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/things/5");
        request.Headers.TryAddWithoutValidation("X-Http-Method-Override", verb);

        Assert.That((await _host.SendAsync(request)).Fields, Is.EqualTo(new[] { "UnknownValue X-Http-Method-Override" }));
    }

    [Test]
    public async Task Only_a_post_can_stand_for_another_verb()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/everything/7");
        request.Headers.Add("X-Http-Method-Override", "DELETE");

        Assert.That((await _host.SendAsync(request))["id"], Is.EqualTo("7"));
    }

    [TestCase("/everything.json?id=7")]
    [TestCase("/everything/7.json")]
    [TestCase("/everything/7.JSON")]
    [TestCase("/api/GetEverything.json?id=7")]
    [TestCase("/json/reply/GetEverything.json?id=7")]
    [TestCase("/everything/7?format=json")]
    [TestCase("/api/GetEverything?id=7&FORMAT=Json")]
    public async Task Json_can_be_asked_for_by_name(string path)
    {
        Assert.That((await _host.GetAsync(path))["id"], Is.EqualTo("7"));
    }

    [Test]
    public async Task A_strict_operation_takes_a_format_too()
    {
        Assert.That((await _host.PostAsync("/strict/1.json?format=json", "{}"))["id"], Is.EqualTo("1"));
    }

    [TestCase("csv")]
    [TestCase("xml")]
    public async Task Another_format_is_refused_by_name(string format)
    {
        Assert.That((await _host.GetAsync($"/everything/7?format={format}")).Fields, Is.EqualTo(new[] { "InvalidType format" }));
    }

    [TestCase("/files/a.json", "a.json")]
    [TestCase("/files/.json", ".json")]
    [TestCase("/hi/.json", ".json")]
    [TestCase("/hi/a.json", "a")]
    [TestCase("/hi/a.json.json", "a.json")]
    public async Task A_wildcard_keeps_what_looks_like_a_suffix(string path, string expected)
    {
        Assert.That((await _host.GetAsync(path))["value"], Is.EqualTo(expected));
    }

    [TestCase("/everything/7")]
    [TestCase("/api/GetEverything?id=7")]
    [TestCase("/raw")]
    [TestCase("/export")]
    public async Task Whoever_takes_get_takes_head_and_says_the_same_without_a_body(string path)
    {
        var get = await _host.GetAsync(path);
        var head = await _host.SendAsync("HEAD", path);

        Assert.That(head.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(head.Body, Is.Empty);
        Assert.That(head.Headers["Content-Type"], Is.EqualTo(get.Headers["Content-Type"]));
        Assert.That(head.Headers.GetValueOrDefault("Content-Length"), Is.EqualTo(get.Headers.GetValueOrDefault("Content-Length")));
    }

    [Test]
    public async Task Whoever_does_not_take_get_does_not_take_head()
    {
        Assert.That((await _host.SendAsync("HEAD", "/things/5")).Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [TestCase("/files/a%2Fb%252Fc", "a/b%2Fc")]
    [TestCase("/files/a%252Fb/c%2fd", "a%2Fb/c/d")]
    [TestCase("/files/a%2Fb%25", "a/b%")]
    [TestCase("/files/x/../a%2Fb", "a/b")]
    [TestCase("/files/x/../a%2Fb%25", "a/b%")]
    [TestCase("/in/a%2Fb%25/c%2Fd", "c/d in a/b%")]
    public async Task A_slash_within_a_segment_is_told_from_what_only_looks_like_one(string path, string expected)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(_host.Client.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.That((await _host.SendAsync(request))["value"], Is.EqualTo(expected));
    }

    [TestCase("speed=unspecified")]
    [TestCase("speed=Unspecified")]
    [TestCase("speed=0")]
    [TestCase("speed=7")]
    public async Task An_enum_s_word_for_nothing_said_is_neither_taken_nor_offered(string query)
    {
        var answer = await _host.GetAsync("/everything?" + query);

        Assert.That(answer.Error.GetProperty("message").GetString(), Is.EqualTo("'speed' must be one of slow, fast."));
        Assert.That((await _host.PostAsync("/everything", """{"speed":"unspecified"}""")).Error.GetProperty("message").GetString(), Is.EqualTo("'speed' must be one of slow, fast."));
    }
}
